import { css } from "lit";

/** The bottom: on a phone a few rows under the thumb, elsewhere one. */
export const controlsStyle = css`
  :host {
    display: flex;
    gap: var(--gap);
    align-items: stretch;
    padding: var(--gap);
    border-top: 1px solid var(--line);
    background: var(--panel);
  }
  button {
    min-width: 7em;
    min-height: clamp(44px, 6vh, 110px);
    padding: 0.3em 0.7em;
    font-size: clamp(14px, min(1.05vw, 1.9vh), 34px);
    white-space: nowrap;
  }
  .group {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--gap) * 0.7);
  }
  .more {
    display: flex;
    flex: 1;
    gap: var(--gap);
  }
  .opens {
    display: none;
  }
  .held:not(:disabled) {
    border-color: var(--lamp);
    background: var(--lamp);
    color: #17130a;
  }
  .held:hover:not(:disabled) {
    background: #fff6df;
  }
  .fade:not(:disabled) {
    border-color: var(--soft);
  }
  .hazards {
    flex: 1;
    gap: var(--gap);
    justify-content: center;
  }
  .hazard {
    display: flex;
    gap: 0.8em;
    align-items: center;
    padding: 0 0.3em 0 0.9em;
    border: 1px solid var(--line);
    border-radius: 10px;
    line-height: 1.2;
  }
  .hazard.on {
    border-color: var(--heed);
  }
  .hazard button {
    min-width: 6em;
    min-height: clamp(36px, 4.8vh, 90px);
    font-size: var(--body);
  }
  .hazard b {
    display: block;
  }
  .hazard small {
    color: var(--muted);
    font-size: var(--small);
  }
  .hazard.on small {
    color: var(--heed);
    font-weight: 600;
  }
  .end {
    align-self: center;
    min-width: 11em;
    line-height: 1.25;
    white-space: nowrap;
  }
  .end dt {
    color: var(--muted);
    font-size: var(--small);
  }
  .end dd {
    font-weight: 600;
    font-size: clamp(14px, min(1.05vw, 1.9vh), 34px);
  }
  .under {
    color: var(--soft);
    font-weight: 500;
  }
  .over {
    padding: 0 0.4em;
    border-radius: 4px;
    background: var(--heed);
    color: #17121f;
  }
  .stop:not(:disabled) {
    border: 2px solid var(--differs);
    background: #260d0b;
    color: #ffcdc8;
    font-weight: 800;
    letter-spacing: 0.03em;
  }
  .stop:active:not(:disabled) {
    background: #4a1512;
  }
  @media (max-width: 1500px) {
    button {
      min-width: 0;
    }
    :host {
      gap: calc(var(--gap) * 0.8);
    }
  }
  /* HOLD and RESUME stand in one place, and push nothing. */
  .hold {
    min-width: 7.6em;
  }
  @media (max-width: 1280px) {
    kbd {
      display: none;
    }
  }
  @media (max-width: 1100px) {
    :host {
      flex-wrap: wrap;
    }
    .more {
      order: 3;
      flex: 1 0 100%;
    }
    .end {
      flex: 1;
    }
  }
  /* Under the thumb: what may be needed at once, in one row; the rest is opened above it. */
  @media (max-width: 700px), (max-height: 500px) {
    :host {
      display: grid;
      grid-template-columns: repeat(4, 1fr);
      gap: 6px;
      padding: 6px;
      padding-bottom: calc(6px + env(safe-area-inset-bottom));
    }
    button,
    .hold {
      min-width: 0;
      min-height: 46px;
      padding: 0.15em;
      font-size: 13.5px;
      line-height: 1.1;
      white-space: normal;
    }
    .end {
      display: flex;
      grid-column: span 3;
      gap: 0.6em;
      order: -1;
      min-width: 0;
      align-self: center;
      align-items: baseline;
    }
    .opens {
      display: block;
      order: -1;
      min-height: 32px;
    }
    .more {
      display: none;
      grid-column: 1 / -1;
      order: -2;
    }
    .open {
      display: grid;
      gap: 6px;
      max-height: 40vh;
      overflow: auto;
    }
    .more .group {
      display: grid;
      grid-template-columns: 1fr 1fr;
      gap: 6px;
    }
    .hazard {
      grid-column: 1 / -1;
      justify-content: space-between;
    }
    .hazard b,
    .hazard small {
      display: inline;
    }
    .hazard button {
      min-width: 7em;
      min-height: 40px;
    }
  }
`;
