import { css } from "lit";

/** Links of which one is chosen: marked by a frame and a tick, not by colour alone. */
export const chooser = css`
  .chooser {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
  }
  .choice {
    display: inline-flex;
    align-items: center;
    min-height: 2.5em;
    padding: 0 0.9em;
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--raised);
    color: var(--soft);
    font-weight: 600;
    text-decoration: none;
  }
  .choice:hover {
    border-color: var(--muted);
    color: var(--text);
  }
  .choice[aria-current="true"] {
    border: 2px solid var(--text);
    color: var(--text);
  }
  .choice[aria-current="true"]::before {
    content: "✓";
    margin-right: 0.4em;
  }
  .choice:focus-visible {
    outline: 3px solid var(--choose);
    outline-offset: 2px;
  }
`;
