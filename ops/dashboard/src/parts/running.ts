import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import { childrenOf, type Cue, goingOn, type Run, type Timecode, warns } from "../board.ts";
import { type Position, positionOf } from "../position.ts";
import { Part } from "../part.ts";
import { placed } from "../placed.ts";
import { shared } from "../style.ts";
import { hours, positionAt } from "../timecodes.ts";
import { left, span, wallTime } from "../times.ts";

/** What runs now and what comes by itself, with the time left. */
@customElement("lamp-running")
export class Running extends Part {
  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 0.4em;
        min-height: 0;
        overflow: auto;
      }
      header {
        display: flex;
        gap: 1em;
        justify-content: space-between;
        color: var(--muted);
        font-size: var(--small);
      }
      li {
        position: relative;
        display: grid;
        grid-template-columns: 2.6em 1fr auto auto;
        gap: 0.6em;
        align-items: baseline;
        padding: 0.28em 0.7em;
        overflow: hidden;
        border-radius: 6px;
        background: var(--panel);
        font-size: clamp(15px, min(1.25vw, 2.2vh), 24px);
      }
      li + li {
        margin-top: 0.25em;
      }
      .bar {
        position: absolute;
        inset: auto auto 0 0;
        height: 3px;
        background: var(--soft);
      }
      .pending {
        background: none;
        box-shadow: inset 0 0 0 1px var(--line);
        color: var(--soft);
      }
      .timecode b {
        color: var(--soft);
      }
      .astray {
        color: #e9ddff;
        font-weight: 600;
      }
      .warn {
        background: #241b33;
        box-shadow: inset 0 0 0 1px var(--heed);
        color: #e9ddff;
        font-weight: 700;
      }
      .warn small {
        color: inherit;
      }
      b {
        font-weight: 700;
      }
      .time {
        font-weight: 700;
      }
      small {
        color: var(--muted);
        font-size: 0.72em;
      }
    `,
  ];

  override render(): TemplateResult {
    const { run, board } = this.scene;
    const rows = [run, ...childrenOf(board.runs, run)].flatMap((one) => goingOn(one).map((cue) => ({ run: one, cue })));
    const ends = run?.ends_at ?? null;
    return html`<header>
        <h2>${this.words.running}</h2>
        ${board.timecodes.map((timecode) => this.#timecode(timecode))}
        ${ends === null || run?.status === "standing by"
          ? nothing
          : html`<span class="number">${this.words.runEnds(wallTime(ends, board.time_zone))}</span>`}
      </header>
      <ul data-testid="running">
        ${rows.length === 0
          ? html`<li class="pending"><span></span><span>${this.words.nothingRuns}</span></li>`
          : repeat(rows, (row) => `${row.run?.run} ${row.cue.number}`, (row) => this.#row(row.run, row.cue))}
      </ul>`;
  }

  /** Quiet while it runs; what it is otherwise is said in full. */
  #timecode(timecode: Timecode): TemplateResult {
    const { status } = timecode;
    const runs = status === "running";
    return html`<span class="number timecode ${runs ? "" : "astray"}" data-testid="timecode-${timecode.timecode}" data-status=${status}>
      ${runs || status === "freewheeling"
        ? html`${timecode.timecode} <b>${hours(positionAt(timecode, this.scene.now))}</b> ${this.words.timecodeStatus[status]}`
        : this.text(timecode.reasons) || timecode.reason}
    </span>`;
  }

  #row(run: Run | null, cue: Cue): TemplateResult {
    return cue.status === "pending" ? this.#pending(run, cue) : this.#running(run, cue);
  }

  /** A cue of a sequence that this run started says of which. */
  #name(run: Run | null, cue: Cue): TemplateResult {
    const of = run === this.scene.run || run === null ? "" : `↳ ${this.text(run.title) || run.slot}: `;
    return html`<span class="cut">${of}${this.text(cue.name)}</span>`;
  }

  #running(run: Run | null, cue: Cue): TemplateResult {
    const { board, now } = this.scene;
    const position = positionOf(board, cue, now);
    const gone = position.gone;
    const length = cue.length;
    const known = length !== null && length > 0;
    const part = known ? Math.min(1, Math.max(0, gone / length)) : 0;
    return html`<li data-source=${position.server ?? "ours"}>
      <b class="number">${cue.number}</b>
      ${this.#name(run, cue)}
      <span class="number time">${known ? left(Math.max(0, length - gone)) : span(Math.max(0, gone))}</span>
      <small>${known ? this.words.timeLeft : this.words.soFar} · ${this.#source(position)}</small>
      ${known ? html`<span class="bar" ${placed({ width: `${part * 100}%` })}></span>` : nothing}
    </li>`;
  }

  /** Whose clock says so: the server's own position where it reports one, else ours since it went. */
  #source({ server }: Position): string {
    return server === null ? this.words.ourClock : this.words.serverClock(server);
  }

  #pending(run: Run | null, cue: Cue): TemplateResult {
    // In a run that is held no cue goes by itself: nothing is counted down to it.
    const held = run?.status === "holding";
    const due = held || cue.due === null ? null : Math.max(0, cue.due - this.scene.now);
    const warned = warns(run, cue, this.scene.now);
    return html`<li class="pending ${warned ? "warn" : ""}" data-warn=${warned ? "true" : "false"}>
      <b class="number">${cue.number}</b>
      ${this.#name(run, cue)}
      <span class="number time">${due === null ? "" : left(due)}</span>
      <small>${held ? this.words.slotStatus.holding : warned ? this.words.comingUp : this.words.goesIn}</small>
    </li>`;
  }
}
