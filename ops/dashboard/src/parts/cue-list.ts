import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, query } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import type { Cue, Run } from "../board.ts";
import { Part } from "../part.ts";
import { shared } from "../style.ts";
import { left, wallTime } from "../times.ts";

/** Cues shown as they went, and rows that are seen at once. */
const BEFORE = 2;
const SEEN = 8;

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
      .none {
        display: block;
        color: var(--muted);
        cursor: default;
      }
      li + li {
        border-top: 1px solid var(--ground);
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
  readonly #resized = new ResizeObserver(() => this.#follow());
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
        ${run === null ? html`<li class="none">${this.words.noCues}</li>` : repeat(run.cues, (cue) => cue.number, (cue) => this.#row(run, cue))}
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
    const went = this.scene.run?.cues.filter((cue) => cue.went !== null).length;
    const mark = `${this.scene.run?.run} ${this.#wanted()} ${went}`;
    if (this.#touched || mark === this.#followed) return;
    this.#followed = mark;
    this.#follow();
  }

  protected override firstUpdated(): void {
    this.#resized.observe(this.list);
  }

  #wanted(): string | undefined {
    const { run, selected } = this.scene;
    return selected ?? run?.standby ?? run?.cues.find((cue) => cue.status === "running")?.number;
  }

  #follow(): void {
    const number = this.#wanted();
    const rows = [...this.list.children] as HTMLElement[];
    const row = rows.find((one) => one.dataset["testid"] === `cue-${number}`);
    if (row === undefined || this.#touched) return;
    if (this.scene.selected !== null) row.scrollIntoView({ block: "nearest" });
    else this.list.scrollTop = row.offsetHeight * firstSeen(this.scene.run?.cues ?? [], rows.indexOf(row));
  }
}

/** The first row to be seen: the last two that went, unless the cue at hand is far from them. */
function firstSeen(cues: readonly Cue[], athand: number): number {
  const last = cues.findLastIndex((cue) => cue.went !== null);
  const first = last === -1 ? athand : last - BEFORE + 1;
  const near = first <= athand && athand < first + SEEN;
  return Math.max(0, near ? first : athand - BEFORE);
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
