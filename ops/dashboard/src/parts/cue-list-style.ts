import { css } from "lit";

/** The list of cues: every row as high as the next, so that none is pushed. */
export const cueListStyle = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: 0.4em;
    min-height: 0;
  }
  h2 {
    display: flex;
    gap: 0.6em;
    align-items: center;
    height: 24px;
  }
  .still {
    flex: none;
    margin-left: auto;
    color: var(--heed);
  }
  h2 button {
    flex: none;
    min-height: 24px;
    padding: 0 0.6em;
    font-size: inherit;
  }
  ol {
    flex: 1;
    min-height: 0;
    overflow: auto;
    overflow-anchor: none;
    border-radius: 8px;
    background: var(--panel);
    scrollbar-width: thin;
    scrollbar-color: var(--line) transparent;
  }
  li {
    display: grid;
    grid-template-columns: 2.5em 1fr auto;
    gap: 0.5em;
    align-items: center;
    height: clamp(36px, 5.2vh, 80px);
    padding: 0 0.7em;
    border-left: 4px solid transparent;
    cursor: pointer;
    touch-action: manipulation;
  }
  .none {
    display: block;
    padding-block: 0.5em;
    color: var(--muted);
    cursor: default;
  }
  li + li {
    box-shadow: 0 -1px 0 var(--ground);
  }
  /* So that the last cues too stand at the top of the list. */
  ol::after {
    display: block;
    height: 60%;
    content: "";
  }
  .went {
    color: var(--muted);
  }
  .by-itself b::after {
    margin-left: 0.25em;
    color: var(--muted);
    font-weight: 400;
    content: "↳";
  }
  .standby {
    border-left-color: var(--lamp);
    background: var(--raised);
    color: var(--lamp);
    font-weight: 700;
  }
  .running {
    border-left-color: var(--soft);
  }
  .gone {
    color: var(--muted);
  }
  .gone .cut {
    text-decoration: line-through;
  }
  .warn {
    border-left-color: var(--heed);
    background: #241b33;
    color: #e9ddff;
    font-weight: 700;
  }
  .warn small {
    color: #e9ddff;
    font-weight: 700;
  }
  .group {
    display: flex;
    align-items: end;
    height: clamp(28px, 3.6vh, 56px);
    padding-bottom: 0.2em;
    border-left: 0;
    color: var(--soft);
    font-size: var(--small);
    font-weight: 600;
    letter-spacing: 0.03em;
  }
  .selected {
    outline: 2px solid var(--choose);
    outline-offset: -2px;
  }
  b {
    font-weight: 700;
    white-space: nowrap;
  }
  small {
    color: var(--muted);
    font-size: var(--small);
    font-weight: 400;
    text-align: right;
    white-space: nowrap;
  }
  .standby small {
    color: var(--lamp);
  }
  .running small {
    color: var(--text);
  }
  .put {
    display: grid;
    place-items: center;
    grid-auto-flow: column;
    gap: 0.4em;
    min-height: 30px;
    padding: 0 0.7em;
    border: 1px solid var(--choose);
    border-radius: 8px;
    background: var(--raised);
    color: var(--choose);
    font-weight: 600;
    font-size: var(--small);
    white-space: nowrap;
  }
  .dead {
    border-style: dashed;
    border-color: var(--line);
    color: var(--muted);
  }
  @media (max-width: 1100px) {
    ol {
      flex: none;
      max-height: 22em;
    }
    li {
      height: 44px;
    }
    .put {
      min-height: 36px;
    }
  }
`;
