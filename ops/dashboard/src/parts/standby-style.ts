import { css } from "lit";

/** The cue standing by: how it looks. */
export const standbyStyle = css`
  :host {
    /* 104 px at 1920 x 1080: read at two metres. */
    --huge: clamp(44px, min(5.45vw, 9.7vh), 240px);
    --told: max(13px, calc(var(--fit-told, 1) * clamp(17px, min(1.6vw, 2.8vh), 64px)));
    position: relative;
    display: flex;
    flex-direction: column;
    gap: calc(var(--gap) * 1.1);
    min-height: 0;
    overflow: auto;
    container-type: inline-size;
  }
  :host(:focus-visible) {
    outline: 3px solid var(--choose);
  }
  /* What does not fit is set smaller or scrolled to, never drawn over. */
  header,
  .cue,
  dl {
    flex: none;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4em 1em;
    align-items: center;
    min-height: 2.2em;
  }
  h2 {
    color: var(--lamp);
    font-size: var(--body);
  }
  .where {
    flex: 1;
    color: var(--muted);
  }
  /* One row, however many and however long: the cue keeps its place. */
  .runs {
    display: flex;
    flex: 1 1 100%;
    gap: 0.4em;
    min-width: 0;
    order: 1;
  }
  .runs button {
    flex: 0 1 auto;
    min-width: 5em;
    min-height: 2.1em;
    padding: 0.2em 0.8em;
    overflow: hidden;
    font-weight: 500;
    white-space: nowrap;
    text-overflow: ellipsis;
  }
  .runs button[aria-pressed="true"] {
    border-color: var(--lamp);
    color: var(--lamp);
  }
  .typed {
    position: absolute;
    inset: 0 0 auto;
    z-index: 1;
  }
  .typed p {
    display: flex;
    gap: 0.5em;
    align-items: baseline;
    padding: 0.25em 0.6em;
    border: 2px solid var(--choose);
    border-radius: 8px;
    background: #0f1a26;
    font-size: clamp(18px, min(1.9vw, 3.3vh), 44px);
  }
  .typed b {
    color: var(--choose);
    font-size: 1.3em;
  }
  .typed small {
    margin-left: auto;
    color: var(--soft);
    font-size: 0.6em;
  }
  .missing {
    color: var(--differs);
    font-weight: 700;
  }
  .cue {
    display: grid;
    grid-template-columns: minmax(1.2em, auto) 1fr;
    gap: 0 0.28em;
    align-items: baseline;
    font-size: var(--huge);
    font-weight: 700;
    line-height: 1.02;
    letter-spacing: -0.015em;
  }
  .cue .number {
    color: var(--lamp);
  }
  .cue .name {
    font-size: calc(var(--fit, 1) * 1em);
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  .cue .name:lang(ko) {
    word-break: keep-all;
  }
  dl {
    display: grid;
    grid-template-columns: calc(var(--huge) * 1.2) 1fr;
    gap: calc(var(--gap) * 0.6) calc(var(--huge) * 0.28);
    align-items: baseline;
    font-size: var(--told);
    line-height: 1.3;
  }
  dt {
    color: var(--muted);
    font-size: max(11px, 0.72em);
    font-weight: 600;
  }
  dd {
    min-width: 0;
  }
  .on {
    font-size: calc(var(--told) * 1.5);
    font-weight: 600;
    line-height: 1.15;
  }
  .whom {
    display: inline-block;
    padding: 0 0.5em;
    margin-right: 0.35em;
    border: 1px solid var(--muted);
    border-radius: 1em;
    color: var(--text);
    font-size: max(11px, 0.8em);
    font-weight: 600;
  }
  .where-to {
    color: var(--soft);
  }
  .brings {
    display: flex;
    flex-wrap: wrap;
    gap: 0.1em 1.1em;
    font-size: 0.85em;
  }
  .brings b,
  .whom + b {
    font-weight: 600;
  }
  .help {
    color: var(--soft);
    font-size: var(--big);
  }
  .none {
    font-size: calc(var(--huge) * 0.62);
    font-weight: 700;
    line-height: 1.1;
  }
  @container (max-width: 560px) {
    dl {
      grid-template-columns: 1fr;
      gap: 0.1em;
    }
    dd + dt {
      margin-top: 0.55em;
    }
    .cue {
      grid-template-columns: auto 1fr;
    }
  }
`;
