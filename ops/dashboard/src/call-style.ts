import { css } from "lit";

/**
 * The call page: three columns above the calls on a wall or a laptop; below 1100 px one column that
 * scrolls, above GO and the calls, which stay under the thumb.
 */
export const callStyle = css`
  :host {
    display: grid;
    grid-template:
      "top top top" auto
      "bands bands bands" auto
      "left standby right" minmax(0, 1fr)
      "left go right" auto
      "left running right" auto
      "controls controls controls" auto
      / minmax(270px, 19.5vw) minmax(0, 1fr) minmax(350px, 27vw);
    height: 100dvh;
    min-height: 620px;
  }
  .around,
  main {
    display: contents;
  }
  lamp-top {
    grid-area: top;
  }
  lamp-bands {
    grid-area: bands;
  }
  lamp-controls {
    grid-area: controls;
  }
  .side {
    display: flex;
    flex-direction: column;
    gap: var(--gap);
    min-width: 0;
    min-height: 0;
    padding: var(--gap);
  }
  .left {
    grid-area: left;
    border-right: 1px solid var(--line);
  }
  .right {
    grid-area: right;
    border-left: 1px solid var(--line);
    overflow: auto;
  }
  lamp-standby,
  lamp-go,
  lamp-running {
    margin: var(--gap) calc(var(--gap) * 1.8) 0;
  }
  lamp-standby {
    grid-area: standby;
  }
  lamp-go {
    grid-area: go;
  }
  lamp-running {
    grid-area: running;
    height: clamp(6.4em, 15vh, 16em);
    margin-block: calc(var(--gap) * 0.6) var(--gap);
  }
  lamp-cues {
    flex: 3 1 0;
  }
  lamp-slots {
    flex: 2 1 0;
  }
  lamp-lines {
    flex: 1 1 0;
  }
  /* Nothing of a page that has not heard the player may look alive: grey, and still to be read. */
  :host([stale]) {
    --confirmed: var(--unknown);
    --sent: var(--unknown);
    --lamp: #c4c4c4;
  }
  :host([stale]) .around > *,
  :host([stale]) main > *,
  :host([stale]) lamp-go,
  :host([stale]) lamp-top {
    --text: #a3a3a3;
    --soft: #979797;
    --muted: #8d8d8d;
    filter: grayscale(1);
  }
  @media (max-width: 1100px) {
    :host {
      grid-template:
        "top" auto
        "bands" auto
        "around" minmax(0, 1fr)
        "go" auto
        "controls" auto
        / minmax(0, 1fr);
      min-height: 0;
    }
    .around {
      display: grid;
      grid-area: around;
      grid-template: auto auto / minmax(0, 2fr) minmax(0, 3fr);
      align-content: start;
      min-height: 0;
      overflow: auto;
      overscroll-behavior: contain;
    }
    main {
      display: block;
      grid-column: 1 / -1;
      grid-row: 1;
      padding-bottom: var(--gap);
    }
    .left,
    .right {
      grid-area: auto;
      border-top: 1px solid var(--line);
      overflow: visible;
    }
    lamp-standby,
    lamp-running {
      margin: var(--gap);
    }
    lamp-running {
      height: auto;
    }
    lamp-go {
      margin: 0;
      padding: calc(var(--gap) * 0.6) var(--gap) 0;
      border-top: 1px solid var(--line);
      background: var(--panel);
    }
    lamp-controls {
      border-top: 0;
    }
    lamp-cues,
    lamp-slots,
    lamp-lines {
      flex: none;
    }
    lamp-lines {
      height: 18em;
    }
  }
  @media (max-width: 700px) {
    .around {
      display: flex;
      flex-direction: column;
    }
    main {
      flex: none;
      order: -1;
    }
    .left,
    .right {
      flex: none;
      border-left: 0;
      border-right: 0;
    }
  }
  /* A phone on its side: what is to be read on the left, what is pressed on the right. */
  @media (max-width: 1100px) and (max-height: 500px) {
    :host {
      grid-template:
        "top top" auto
        "bands bands" auto
        "around go" auto
        "around controls" minmax(0, 1fr)
        / minmax(0, 1fr) minmax(0, 46vw);
    }
    lamp-controls {
      overflow: auto;
    }
  }
`;
