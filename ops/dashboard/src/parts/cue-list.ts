import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, query } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import type { Cue, Run } from "../board.ts";
import { Part } from "../part.ts";
import { shared } from "../style.ts";
import { left, wallTime } from "../times.ts";

/** Rows above the cue standing by. */
const BEFORE = 2;

/**
 * The cues around: the last two as they went, the one standing by, the next.
 *
 * The list follows the night by scrolling, but never while a finger or pointer is on it.
 */
@customElement("lamp-cues")
export class CueList extends Part {
  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 0.4em;
        min-height: 0;
      }
      ol {
        flex: 1;
        min-height: 0;
        overflow: auto;
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
        min-height: clamp(36px, 5.2vh, 58px);
        padding: 0.2em 0.7em;
        border-left: 4px solid transparent;
        cursor: pointer;
        touch-action: manipulation;
      }
      li + li {
        border-top: 1px solid var(--ground);
      }
      .went {
        color: var(--muted);
      }
      .by-itself .number::after {
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
      .gone {
        color: var(--muted);
        text-decoration: line-through;
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
      button {
        min-height: 2em;
        padding: 0.2em 0.6em;
        border-color: var(--choose);
        color: var(--choose);
        font-size: var(--small);
        white-space: nowrap;
      }
      @media (max-width: 700px) {
        ol {
          max-height: 24em;
        }
        li {
          min-height: 44px;
        }
      }
    `,
  ];

  @query("ol") private list!: HTMLOListElement;
  #touched = false;
  #followed = "";

  override render(): TemplateResult {
    const { run } = this.scene;
    return html`<h2 id="cues">${this.words.cues}${run === null ? nothing : html` · ${this.text(run.title)}`}</h2>
      <ol
        role="listbox"
        aria-labelledby="cues"
        @pointerenter=${() => (this.#touched = true)}
        @pointerleave=${() => (this.#touched = false)}
      >
        ${run === null ? nothing : repeat(run.cues, (cue) => cue.number, (cue) => this.#row(run, cue))}
      </ol>`;
  }

  #row(run: Run, cue: Cue): TemplateResult {
    const standby = cue.number === run.standby;
    const selected = cue.number === this.scene.selected;
    const state = standby ? "standby" : STATES[cue.status];
    const itself = cue.continues === "none" ? "" : "by-itself";
    return html`<li
      role="option"
      class="${state} ${itself} ${selected ? "selected" : ""}"
      data-testid="cue-${cue.number}"
      data-status=${cue.status}
      aria-selected=${selected ? "true" : "false"}
      aria-current=${standby ? "step" : nothing}
      @click=${() => this.say("lamp-select", cue.number)}
    >
      <b class="number">${cue.number}</b>
      <span class="cut">${this.text(cue.name)}</span>
      ${selected && !standby ? this.#standby(cue) : html`<small class="number">${this.#when(cue, standby)}</small>`}
    </li>`;
  }

  #standby(cue: Cue): TemplateResult {
    return html`<button
      tabindex="-1"
      data-testid="put-in-standby"
      ?disabled=${this.scene.stale}
      @click=${(event: Event) => {
        event.stopPropagation();
        this.say("lamp-standby", cue.number);
      }}
    >
      ${this.words.putInStandby} <kbd>⏎</kbd>
    </button>`;
  }

  #when(cue: Cue, standby: boolean): string {
    const { board, now } = this.scene;
    if (standby) return this.words.standingBy;
    if (cue.status === "pending" && cue.due !== null) return left(Math.max(0, cue.due - now));
    if (cue.status === "running" || cue.went === null) return this.words.cueStatus[cue.status] || this.#how(cue);
    return wallTime(cue.went, board.time_zone);
  }

  #how(cue: Cue): string {
    if (cue.continues === "with") return this.words.with;
    return cue.continues === "follow" ? this.words.follow : "";
  }

  protected override updated(_: PropertyValues): void {
    const { run, selected } = this.scene;
    const wanted = selected ?? run?.standby ?? run?.cues.find((cue) => cue.status === "running")?.number;
    const mark = `${run?.run} ${wanted}`;
    if (this.#touched || wanted === undefined || mark === this.#followed) return;
    this.#followed = mark;
    this.#follow(wanted, selected !== null);
  }

  #follow(number: string, justVisible: boolean): void {
    const rows = [...this.list.children] as HTMLElement[];
    const row = rows.find((one) => one.dataset["testid"] === `cue-${number}`);
    if (row === undefined) return;
    if (justVisible) row.scrollIntoView({ block: "nearest" });
    else this.list.scrollTop = row.offsetTop - this.list.offsetTop - BEFORE * row.offsetHeight;
  }
}

const STATES: Record<Cue["status"], string> = {
  "to come": "",
  "standing by": "",
  pending: "",
  running: "running",
  ended: "went",
  skipped: "gone",
  dropped: "gone",
};
