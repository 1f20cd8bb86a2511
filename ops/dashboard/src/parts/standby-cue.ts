import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { deeds } from "../acting.ts";
import { type Cue, liveRuns, type Run, standbyCue } from "../board.ts";
import { Part } from "../part.ts";
import { shared } from "../style.ts";
import { wallMinute } from "../times.ts";
import { language } from "../words/index.ts";

const SIZES = [1, 0.9, 0.8, 0.7, 0.6, 0.5];

/** The cue standing by: the biggest thing on the page, readable at two metres. */
@customElement("lamp-standby")
export class StandbyCue extends Part {
  static override styles = [
    shared,
    css`
      :host {
        --huge: calc(var(--fit, 1) * clamp(46px, min(6.2vw, 10.8vh), 132px));
        --told: calc(var(--fit, 1) * clamp(17px, min(1.6vw, 2.8vh), 32px));
        display: flex;
        flex-direction: column;
        gap: calc(var(--gap) * 1.1);
        min-height: 0;
        overflow: auto;
        container-type: inline-size;
      }
      header {
        display: flex;
        flex-wrap: wrap;
        gap: 0.4em 1em;
        align-items: center;
        min-height: 2.2em;
      }
      h2 {
        color: var(--lamp);
        font-size: var(--body);
      }
      .where {
        flex: 1;
        color: var(--muted);
      }
      [role="tablist"] {
        display: flex;
        flex-wrap: wrap;
        gap: 0.4em;
      }
      [role="tab"] {
        min-height: 2.1em;
        padding: 0.2em 0.8em;
        font-weight: 500;
      }
      [role="tab"][aria-selected="true"] {
        border-color: var(--lamp);
        color: var(--lamp);
      }
      .cue {
        display: grid;
        grid-template-columns: minmax(1.55em, auto) 1fr;
        gap: 0 0.28em;
        align-items: baseline;
        font-size: var(--huge);
        font-weight: 700;
        line-height: 1.02;
        letter-spacing: -0.015em;
      }
      .cue .number {
        color: var(--lamp);
      }
      .cue .name {
        text-wrap: balance;
        overflow-wrap: anywhere;
      }
      .cue .name:lang(ko) {
        word-break: keep-all;
      }
      .long {
        font-size: 0.82em;
      }
      .longer {
        font-size: 0.62em;
      }
      dl {
        display: grid;
        grid-template-columns: calc(var(--huge) * 1.55) 1fr;
        gap: calc(var(--gap) * 0.7) calc(var(--huge) * 0.28);
        align-items: baseline;
        font-size: var(--told);
        line-height: 1.3;
      }
      dt {
        color: var(--muted);
        font-size: 0.72em;
        font-weight: 600;
      }
      dd {
        min-width: 0;
      }
      .on {
        font-size: calc(var(--told) * 1.5);
        font-weight: 600;
        line-height: 1.15;
      }
      .whom {
        display: inline-block;
        padding: 0 0.5em;
        margin-right: 0.35em;
        border: 1px solid var(--muted);
        border-radius: 1em;
        color: var(--text);
        font-size: 0.8em;
        font-weight: 600;
      }
      .where-to {
        color: var(--soft);
      }
      .brings {
        display: flex;
        flex-wrap: wrap;
        gap: 0.1em 1.1em;
        font-size: 0.85em;
      }
      .brings b,
      .whom + b {
        font-weight: 600;
      }
      .help {
        color: var(--soft);
        font-size: var(--big);
      }
      .none {
        font-size: calc(var(--huge) * 0.62);
        font-weight: 700;
        line-height: 1.1;
      }
      @container (max-width: 560px) {
        dl {
          grid-template-columns: 1fr;
          gap: 0.1em;
        }
        dd + dt {
          margin-top: 0.55em;
        }
        .cue {
          grid-template-columns: auto 1fr;
        }
      }
    `,
  ];

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
    const shown = [language(), run?.run, run?.standby, run?.brings, run?.status].join(" ");
    if (shown === this.#fitted) return;
    this.#fitted = shown;
    this.#fit();
  }

  /** As large as the room allows: a long name with much to say is set smaller, never cut. */
  #fit(): void {
    for (const size of SIZES) {
      this.style.setProperty("--fit", String(size));
      if (this.scrollHeight <= this.clientHeight + 1) return;
    }
  }

  override render(): TemplateResult {
    const { run } = this.scene;
    const cue = standbyCue(run);
    return html`<header>
        <h2>${this.words.standingBy}</h2>
        ${run === null ? nothing : this.#run(run)}
      </header>
      ${run === null ? this.#noRun() : cue === null ? this.#noCue() : this.#cue(run, cue)}`;
  }

  #run(run: Run): TemplateResult {
    const runs = liveRuns(this.scene.board.runs, run);
    const hand = run.in_hand && run.by ? this.words.inHand(run.by) : this.words.notInHand;
    const about = html`<span class="where cut" data-testid="run" data-run=${run.run}
      >${runs.length > 1 ? nothing : html`${this.text(run.title)} · `}${this.words.slotStatus[run.status]} ·
      ${hand}</span
    >`;
    if (runs.length < 2) return about;
    return html`<div role="tablist" aria-label=${this.words.runs}>
        ${runs.map(
          (one) => html`<button
            role="tab"
            data-testid="run-${one.slot}"
            aria-selected=${one === run ? "true" : "false"}
            @click=${() => this.say("lamp-pick-run", one.run)}
          >
            ${this.text(one.title) || one.slot} · ${one.surface}
          </button>`,
        )}
      </div>
      ${about}`;
  }

  #cue(run: Run, cue: Cue): TemplateResult {
    const name = this.text(cue.name);
    const size = name.length > 30 ? "longer" : name.length > 18 ? "long" : "";
    return html`<div class="cue" aria-live="polite">
        <span class="number" data-testid="standby-number">${cue.number}</span>
        <span class="name ${size}" lang=${language()} data-testid="standby-name">${name}</span>
      </div>
      <dl>
        ${cue.on ? html`<dt>${this.words.waitsFor}</dt>
              <dd class="on" data-testid="standby-on">${cue.on}</dd>` : nothing}
        ${cue.calls.length > 0 ? this.#calls(cue) : nothing}
        <dt>${this.words.does}</dt>
        <dd data-testid="standby-does">${this.#does(cue)}</dd>
        ${run.brings.length > 0 ? this.#brings(run) : nothing}
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
    return html`${all.map((deed) => html`<div><span class="where-to">${deed.where}:</span> ${deed.what}</div>`)}`;
  }

  #brings(run: Run): TemplateResult {
    const cues = run.brings.map((number) => run.cues.find((cue) => cue.number === number));
    return html`<dt>${this.words.brings}</dt>
      <dd class="brings" data-testid="brings">
        ${cues.map((cue) => (cue ? html`<span><b class="number">${cue.number}</b> ${this.text(cue.name)}</span>` : nothing))}
      </dd>`;
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
