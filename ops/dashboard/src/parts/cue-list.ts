import { html, nothing, type TemplateResult } from "lit";
import { customElement, query } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import { type Cue, type Run, warns } from "../board.ts";
import { Part } from "../part.ts";
import { shared } from "../style.ts";
import { left, span, wallTime } from "../times.ts";
import { cueListStyle } from "./cue-list-style.ts";
import { Held } from "./held.ts";

/** Cues shown as they went, and rows that are seen at once. */
const BEFORE = 2;
const SEEN = 8;

/**
 * The cues around: the last two as they went, the one standing by, the next.
 *
 * The list follows the night by scrolling, but never while a finger, pointer or the focus is on it: rows
 * then tell what is new where they are, and the heading says that they are held still.
 */
@customElement("lamp-cues")
export class CueList extends Part {
  static override styles = [shared, cueListStyle];

  @query("ol") private list!: HTMLOListElement;
  readonly #hand = new Held(() => this.requestUpdate());
  readonly #resized = new ResizeObserver(() => this.#laidOut());
  #followed = "";
  /** The run whose rows are shown: while held, it stays. */
  #shown: string | null = null;
  #top = 0;

  override render(): TemplateResult {
    const run = this.#run();
    const behind = this.#hand.held && this.#mark() !== this.#followed;
    const selected = this.#selected(run);
    return html`<h2 id="cues">
        <span class="cut">${this.words.cues}${run === null ? nothing : html` · ${this.text(run.title)}`}</span>
        ${behind
          ? html`<span class="still" data-testid="held-still">${this.words.heldStill}</span>
              <button data-testid="to-now" @click=${() => this.#toNow()}>${this.words.toNow}</button>`
          : nothing}
      </h2>
      <ol
        role="listbox"
        tabindex="0"
        aria-labelledby="cues"
        aria-activedescendant=${selected === null ? nothing : `cue-${index(run, selected)}`}
        @pointerenter=${this.#hand.enter}
        @pointerleave=${this.#hand.leave}
        @pointercancel=${this.#hand.leave}
        @focus=${() => this.list.matches(":focus-visible") && this.#hand.focus()}
        @blur=${this.#hand.blur}
      >
        ${run === null
          ? html`<li class="none" role="option" aria-disabled="true" aria-selected="false">${this.words.noCues}</li>`
          : repeat(
              run.cues,
              (cue) => cue.number,
              (cue, at) => html`${this.#heading(run, at)}${this.#row(run, cue, cue.number === selected)}`,
            )}
      </ol>`;
  }

  #run(): Run | null {
    const { run, board } = this.scene;
    const kept = this.#hand.held ? board.runs.find((one) => one.run === this.#shown) : undefined;
    const shown = kept ?? run;
    this.#shown = shown?.run ?? null;
    return shown;
  }

  #selected(run: Run | null): string | null {
    const { selected } = this.scene;
    return selected !== null && selected.run === run?.run ? selected.number : null;
  }

  /** The words over a group's first cue; they select it, as a tap on the cue itself does. */
  #heading(run: Run, at: number): TemplateResult | typeof nothing {
    const cue = run.cues[at];
    const words = cue === undefined ? "" : this.text(cue.group);
    if (cue === undefined || words === "" || words === this.text(run.cues[at - 1]?.group ?? {})) return nothing;
    return html`<li
      class="group"
      role="presentation"
      data-group=${words}
      title=${this.words.groupHelp(cue.number)}
      @click=${() => this.say("lamp-select", { run: run.run, number: cue.number, by: "pointer" })}
    >
      <span class="cut">${words}</span>
    </li>`;
  }

  #row(run: Run, cue: Cue, selected: boolean): TemplateResult {
    const standby = cue.number === run.standby;
    const over = cue.skip && cue.status === "to come";
    const state = standby ? "standby" : over ? "gone" : warns(run, cue, this.scene.now) ? "warn" : stateOf(cue);
    const itself = cue.continues === "none" ? "" : "by-itself";
    return html`<li
      role="option"
      id="cue-${index(run, cue.number)}"
      class="${state} ${itself} ${selected ? "selected" : ""}"
      data-testid="cue-${cue.number}"
      data-status=${cue.status}
      aria-selected=${selected ? "true" : "false"}
      aria-current=${standby ? "step" : nothing}
      @click=${() => this.say("lamp-select", { run: run.run, number: cue.number, by: "pointer" })}
    >
      <b class="number">${cue.number}</b>
      <span class="cut">${this.text(cue.name)}</span>
      ${selected && !standby ? this.#standby(run, cue) : html`<small class="number">${this.#when(cue, standby)}</small>`}
    </li>`;
  }

  /** Not a button: an option holds no other control. Enter does the same. */
  #standby(run: Run, cue: Cue): TemplateResult {
    const { stale, barred, heldBy } = this.scene;
    const dead = stale || barred !== null || heldBy !== null;
    return html`<span
      class="put ${dead ? "dead" : ""}"
      data-testid="put-in-standby"
      @click=${(event: Event) => {
        event.stopPropagation();
        this.say("lamp-standby", { run: run.run, number: cue.number });
      }}
    >
      ${this.words.putInStandby} <kbd>⏎</kbd>
    </span>`;
  }

  #when(cue: Cue, standby: boolean): string {
    const { board, now, run } = this.scene;
    if (standby) return this.words.standingBy;
    if (cue.status === "pending" && run?.status === "holding") return this.words.slotStatus.holding;
    if (cue.status === "pending" && cue.due !== null) return left(Math.max(0, cue.due - now));
    if (cue.skip && cue.status === "to come") return this.words.passedOver;
    if (cue.status === "running" || cue.went === null) return this.words.cueStatus[cue.status] || this.#how(cue);
    return wallTime(cue.went, board.time_zone);
  }

  #how(cue: Cue): string {
    if (cue.timecode) return cue.timecode;
    if (cue.at !== null) return this.words.offsetOf(span(cue.at));
    if (cue.continues === "with") return this.words.with;
    return cue.continues === "follow" ? this.words.follow : "";
  }

  /** What the list should be showing: where the night is in the run. */
  #mark(): string {
    const { run } = this.scene;
    return `${run?.run} ${this.#wanted()} ${run?.cues.filter((cue) => cue.went !== null).length}`;
  }

  #wanted(): string | undefined {
    const { run, selected } = this.scene;
    return selected?.number ?? run?.standby ?? run?.cues.find((cue) => cue.status === "running")?.number;
  }

  protected override firstUpdated(): void {
    this.#resized.observe(this.list);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#hand.end();
  }

  protected override updated(): void {
    // A row chosen by keys is brought into view; it moves nothing that a pointer is on.
    if (this.scene.selected?.by === "keys" && !this.#hand.held) this.#reveal();
    if (this.#hand.held || this.#mark() === this.#followed) return;
    this.#follow();
  }

  #toNow(): void {
    this.#hand.end();
    this.#follow();
    this.requestUpdate();
  }

  #follow(): void {
    this.#followed = this.#mark();
    this.list.style.paddingTop = "";
    const row = this.#rowOf(this.#wanted());
    if (row === undefined) return;
    if (this.scene.selected !== null) this.#reveal();
    else this.#scrollTo(firstSeen(this.scene.run?.cues ?? [], index(this.scene.run, this.#wanted() ?? "")));
  }

  /** The row of a cue at the top, with the heading over it where it has one. */
  #scrollTo(cue: number): void {
    const row = this.#rowOf(this.scene.run?.cues[cue]?.number);
    const before = row?.previousElementSibling;
    const top = before?.classList.contains("group") ? before : row;
    if (top) this.list.scrollTop += top.getBoundingClientRect().top - this.list.getBoundingClientRect().top;
  }

  #reveal(): void {
    this.#rowOf(this.scene.selected?.number)?.scrollIntoView({ block: "nearest" });
  }

  #rows(): HTMLElement[] {
    return [...this.list.children] as HTMLElement[];
  }

  #rowOf(number: string | undefined): HTMLElement | undefined {
    return this.#rows().find((one) => one.dataset["testid"] === `cue-${number}`);
  }

  /**
   * The list was given another place or size: a band came or went above it. Under a hand its rows stay
   * where they are; this runs before anything is painted.
   */
  #laidOut(): void {
    const { top } = this.list.getBoundingClientRect();
    const moved = top - this.#top;
    this.#top = top;
    if (!this.#hand.held) return this.#follow();
    if (moved === 0) return;
    const padding = Number.parseFloat(this.list.style.paddingTop) || 0;
    const wanted = this.list.scrollTop + moved - padding;
    this.list.style.paddingTop = `${Math.max(0, -wanted)}px`;
    this.list.scrollTop = Math.max(0, wanted);
  }
}

/** Numbers are any text: ids are made of places in the run. */
function index(run: Run | null, number: string): number {
  return run?.cues.findIndex((cue) => cue.number === number) ?? -1;
}

/** The first row to be seen: the last two that went, unless the cue at hand is far from them. */
function firstSeen(cues: readonly Cue[], athand: number): number {
  const last = cues.findLastIndex((cue) => cue.went !== null);
  const first = last === -1 ? athand : last - BEFORE + 1;
  const near = first <= athand && athand < first + SEEN;
  return Math.max(0, near ? first : athand - BEFORE);
}

/** What went is not struck through, though it was passed over when it stood by once more. */
function stateOf(cue: Cue): string {
  const state = STATES[cue.status];
  return state === "gone" && cue.went !== null ? "went" : state;
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
