import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { deeds } from "../acting.ts";
import { type Cue, liveRuns, type Run, standbyCue } from "../board.ts";
import { Part } from "../part.ts";
import { shared } from "../style.ts";
import { meant } from "../typed.ts";
import { short, span, wallMinute } from "../times.ts";
import { language } from "../words/index.ts";
import { standbyStyle } from "./standby-style.ts";

/** Tried in turn: how large the name is set, and what is told under it. The number is never smaller. */
const SIZES = [
  [1, 1],
  [1, 0.88],
  [1, 0.76],
  [0.88, 0.76],
  [0.76, 0.76],
  [0.66, 0.76],
  [0.56, 0.76],
  [0.46, 0.76],
  [0.46, 0.66],
  [0.46, 0.56],
] as const;

/** The cue standing by: the biggest thing on the page, readable at two metres. */
@customElement("lamp-standby")
export class StandbyCue extends Part {
  static override styles = [shared, standbyStyle];

  #fitted = "";
  readonly #resized = new ResizeObserver(() => this.#fit());

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  protected override updated(): void {
    const { run } = this.scene;
    const alive = liveRuns(this.scene.board.runs, run).length;
    const shown = [language(), run?.run, run?.standby, run?.brings, run?.status, alive].join(" ");
    if (shown === this.#fitted) return;
    this.#fitted = shown;
    this.#fit();
  }

  /** As large as the room allows: a long name with much to say is set smaller, never cut. */
  #fit(): void {
    for (const [name, told] of SIZES) {
      this.style.setProperty("--fit", String(name));
      this.style.setProperty("--fit-told", String(told));
      if (!this.#tooHigh) break;
    }
    // What must be scrolled to be read can be scrolled by keys.
    if (this.#tooHigh) this.tabIndex = 0;
    else this.removeAttribute("tabindex");
  }

  get #tooHigh(): boolean {
    return this.scrollHeight > this.clientHeight + 1;
  }

  override render(): TemplateResult {
    const { run } = this.scene;
    const cue = standbyCue(run);
    return html`<header>
        <h2>${this.words.standingBy}</h2>
        ${run === null ? nothing : this.#run(run)}
      </header>
      <div class="typed" role="status">${this.#typed(run)}</div>
      ${run === null ? this.#noRun() : cue === null ? this.#noCue() : this.#cue(run, cue)}`;
  }

  #run(run: Run): TemplateResult {
    const runs = liveRuns(this.scene.board.runs, run);
    // Who has control now, not who took it in hand first: the two are side by side on the page.
    const by = run.control?.by ?? run.by;
    const hand = run.in_hand && by ? this.words.inHand(by) : this.words.notInHand;
    const about = html`<span class="where cut" data-testid="run" data-run=${run.run}
      >${runs.length > 1 ? nothing : html`${this.text(run.title)} · `}${run.faded ? this.words.fadedOut : this.words.slotStatus[run.status]} ·
      ${this.#parent(run)}${hand}</span
    >`;
    if (runs.length < 2) return about;
    return html`<div class="runs" role="group" aria-label=${this.words.runs}>
        ${runs.map(
          (one) => html`<button
            data-testid="run-${one.slot}"
            aria-pressed=${one === run ? "true" : "false"}
            title=${this.#named(one)}
            @click=${() => this.say("lamp-pick-run", one.run)}
          >
            ${this.#named(one)}
          </button>`,
        )}
      </div>
      ${about}`;
  }

  /** Two of one sequence have the same title: when each begins tells them apart. */
  #named(run: Run): string {
    const at = wallMinute(run.starts, this.scene.board.time_zone);
    return `${run.parent === null ? "" : "↳ "}${at} ${this.text(run.title) || run.slot} · ${run.surface}`;
  }

  #parent(run: Run): string {
    const parent = this.scene.board.runs.find((one) => one.run === run.parent);
    return parent === undefined ? "" : `${this.words.startedBy(this.text(parent.title) || parent.slot)} · `;
  }

  /** What is being typed: over the rest, so that nothing moves for it. */
  #typed(run: Run | null): TemplateResult | typeof nothing {
    const { typed } = this.scene;
    if (typed.text === "") return nothing;
    const number = meant(typed, run);
    const cue = run?.cues.find((one) => one.number === number);
    const missing = typed.unknown || cue === undefined;
    return html`<p data-testid="typed">
      ${this.words.typing} <b class="number" data-testid="typed-number">${typed.text}</b>
      ${missing
        ? html`<span class="missing">${this.words.noSuchCue(typed.text)}</span>`
        : html`<span>${this.text(cue.name)}</span> <kbd>${this.words.typingEnter}</kbd>`}
      <small>${this.words.typingClear}</small>
    </p>`;
  }

  #cue(run: Run, cue: Cue): TemplateResult {
    const name = this.text(cue.name);
    return html`<div class="cue" aria-live="polite" aria-atomic="true">
        <span class="number" data-testid="standby-number">${cue.number}</span>
        <span class="name" lang=${language()} data-testid="standby-name">${name}</span>
      </div>
      <dl>
        ${cue.on ? html`<dt>${this.words.waitsFor}</dt>
              <dd class="on" data-testid="standby-on">${cue.on}</dd>` : nothing}
        ${cue.calls.length > 0 ? this.#calls(cue) : nothing}
        <dt>${this.words.does}</dt>
        <dd data-testid="standby-does">${this.#does(cue)}</dd>
        ${run.brings.length > 0 ? this.#brings(run) : nothing} ${this.#when(run, cue)}
        ${cue.note ? html`<dt>${this.words.note}</dt>
              <dd>${cue.note}</dd>` : nothing}
      </dl>`;
  }

  #calls(cue: Cue): TemplateResult {
    return html`<dt>${this.words.say}</dt>
      <dd>
        ${cue.calls.map((one) => html`<div><span class="whom">${this.words.to(one.to)}</span>${one.say}</div>`)}
      </dd>`;
  }

  #does(cue: Cue): TemplateResult {
    const all = deeds(this.scene.board, cue, this.words, language());
    if (all.length === 0) return html`<span class="where-to">${this.words.doesNothing}</span>`;
    return html`${all.map((deed) => html`<div>${deed.where === "" ? nothing : html`<span class="where-to">${deed.where}:</span> `}${deed.what}</div>`)}`;
  }

  #brings(run: Run): TemplateResult {
    const cues = run.brings.map((number) => run.cues.find((cue) => cue.number === number));
    return html`<dt>${this.words.brings}</dt>
      <dd class="brings" data-testid="brings">
        ${cues.map((cue) => (cue ? html`<span><b class="number">${cue.number}</b> ${this.text(cue.name)}</span>` : nothing))}
      </dd>`;
  }

  /** Where on the timeline a GO enters; how long what follows waits. */
  #when(run: Run, cue: Cue): TemplateResult {
    const enters = run.timeline && cue.at !== null ? this.words.timelineEnters(span(cue.at)) : "";
    const code = cue.timecode ? this.words.timecodeGoes(cue.timecode) : "";
    return html`${code === "" ? nothing : html`<dt>${this.words.timecode}</dt>
            <dd class="number" data-testid="at-timecode">${code}</dd>`}
      ${enters === "" ? nothing : html`<dt>${this.words.timeline}</dt>
            <dd class="number" data-testid="enters">${enters}</dd>`}
      ${cue.post_wait === 0 ? nothing : html`<dt>${this.words.postWait}</dt>
            <dd class="number" data-testid="post-wait">${short(cue.post_wait)}</dd>`}`;
  }

  #noCue(): TemplateResult {
    return html`<p class="none">${this.words.nothingStandsBy}</p>
      <p class="help">${this.words.nothingStandsByHelp}</p>`;
  }

  #noRun(): TemplateResult {
    const { board, now } = this.scene;
    if (board.night === null) {
      return html`<p class="none">${this.words.noNight}</p>
        <p class="help">${this.words.noNightHelp}</p>`;
    }
    const next = board.slots.find((slot) => slot.starts > now && slot.status === "planned");
    return html`<p class="none">${this.words.noRun}</p>
      <p class="help">
        ${next ? this.words.nextSlot(this.text(next.title), wallMinute(next.starts, board.time_zone)) : this.words.noRunHelp}
      </p>`;
  }
}
