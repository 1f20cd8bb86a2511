import { css } from "lit";

/** What every part shares: boxes, headings, buttons, focus, and the marks of agreement. */
export const shared = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host {
    display: block;
    min-width: 0;
  }
  :host(:lang(ko)) {
    word-break: keep-all;
  }
  :host([hidden]) {
    display: none;
  }
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h2 {
    color: var(--muted);
    font-size: var(--small);
    font-weight: 600;
    letter-spacing: 0.04em;
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  .muted {
    color: var(--muted);
  }
  .cut {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  button {
    min-height: 2.5em;
    padding: 0.35em 0.9em;
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--raised);
    color: var(--text);
    font: 600 1em/1.2 var(--font);
    cursor: pointer;
    touch-action: manipulation;
    user-select: none;
    -webkit-user-select: none;
  }
  button:hover:not(:disabled) {
    border-color: var(--muted);
  }
  button:active:not(:disabled) {
    background: var(--line);
  }
  button:disabled {
    border-style: dashed;
    background: none;
    color: var(--muted);
    cursor: default;
  }
  button:focus-visible,
  input:focus-visible,
  [tabindex]:focus-visible {
    outline: 3px solid var(--choose);
    outline-offset: 2px;
  }
  /* For screen readers alone. */
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  [hidden] {
    display: none;
  }
  kbd {
    padding: 0.05em 0.45em;
    border: 1px solid currentColor;
    border-radius: 5px;
    font: 500 0.72em/1.5 var(--font);
    opacity: 0.65;
  }
  /* Agreement: a word always, a mark for its shape, a colour last. */
  .agreement {
    display: inline-flex;
    gap: 0.4em;
    align-items: center;
    color: var(--unknown);
    white-space: nowrap;
  }
  .agreement::before {
    display: inline-grid;
    flex: none;
    place-items: center;
    width: 1.15em;
    height: 1.15em;
    border: 1.5px dashed currentColor;
    border-radius: 50%;
    font: 700 0.8em/1 var(--font);
    content: "";
  }
  .agreement.confirmed {
    color: var(--confirmed);
  }
  .agreement.confirmed::before {
    border-style: solid;
    content: "✓";
  }
  .agreement.sent {
    color: var(--sent);
  }
  .agreement.sent::before {
    border-style: solid;
    content: "→";
  }
  .agreement.differs {
    color: var(--differs);
  }
  .agreement.differs::before {
    border-style: solid;
    border-radius: 3px;
    content: "≠";
  }
  .agreement.cannot-be-asked::before {
    border-style: dotted;
    content: "–";
  }
  /* Off the wire: whatever is said of it lights no facade. */
  .agreement.simulator,
  .agreement.record-only {
    color: var(--choose);
  }
  .agreement.simulator::before,
  .agreement.record-only::before {
    border-radius: 3px;
    content: "R";
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
`;
