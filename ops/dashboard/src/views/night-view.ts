import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import { shared } from "../style.ts";
import { type Fetched, night, type NightReply } from "./fetching.ts";
import { asRecorded, type NightShown, tonight } from "./night.ts";
import "./night-chooser.ts";
import "./slots-told.ts";
import "./timeline.ts";
import { aging, LiveView } from "./view.ts";

/** A night: what was planned and what ran, tonight from the board, another from the record. */
@customElement("lamp-night-view")
export class NightView extends LiveView {
  static override styles = [
    shared,
    aging,
    css`
      .head {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap);
        align-items: end;
        justify-content: space-between;
        margin-bottom: calc(var(--gap) * 1.5);
      }
      lamp-timeline {
        margin-bottom: calc(var(--gap) * 2);
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 0.2em 1.6em;
        margin-bottom: 0.6em;
        color: var(--muted);
        font-size: var(--small);
      }
      .legend i {
        display: inline-block;
        width: 1.6em;
        height: 0.9em;
        margin-right: 0.4em;
        border: 1px dashed var(--muted);
        border-radius: 3px;
        vertical-align: -0.1em;
      }
      .legend .ran {
        border: 1px solid var(--soft);
        background: #3a3d42;
      }
      .legend .curfew {
        width: 0;
        border: 0;
        border-left: 3px double var(--differs);
        border-radius: 0;
      }
      .legend .line {
        width: 0;
        border: 0;
        border-left: 2px solid var(--lamp);
        border-radius: 0;
      }
      @media (max-width: 700px) {
        lamp-timeline,
        .legend {
          display: none;
        }
      }
    `,
  ];

  protected readonly view = "night";
  @state() private fetched: Fetched<NightReply> | null = null;
  #asked = "";
  #shown: NightShown | null = null;
  #of: unknown = null;

  protected override get isLive(): boolean {
    return this.#isTonight;
  }

  get #date(): string | null {
    return this.choices.get("night") ?? this.board.night;
  }

  get #isTonight(): boolean {
    return this.#date === this.board.night;
  }

  override updated(changed: PropertyValues): void {
    super.updated(changed);
    const date = this.#date ?? "";
    if (this.#isTonight || date === this.#asked) return;
    this.#asked = date;
    this.fetched = null;
    void night(date).then((found) => {
      if (this.#asked === date) this.fetched = found;
    });
  }

  protected content(): TemplateResult {
    const shown = this.#night();
    return html`<div class="head">
        <lamp-night-chooser
          .night=${this.#date}
          .tonight=${this.board.night}
          @lamp-night=${(event: CustomEvent<string>) => this.choose("night", event.detail)}
        ></lamp-night-chooser>
        ${shown === null ? nothing : html`<span class="muted" data-testid="night-title">${this.#titled(shown)}</span>`}
      </div>
      ${shown === null ? this.#nothing() : this.#whole(shown)}`;
  }

  /** Made anew where what it is made of has changed, so that nothing else is drawn again. */
  #night(): NightShown | null {
    const { slots, runs, surfaces } = this.board;
    const reply = this.fetched !== null && "value" in this.fetched ? this.fetched.value : null;
    const fits = reply?.night === this.#date ? reply : null;
    const of = this.#isTonight ? [slots, runs, surfaces] : [fits];
    if (Array.isArray(this.#of) && of.length === this.#of.length && of.every((one, n) => one === (this.#of as unknown[])[n])) {
      return this.#shown;
    }
    this.#of = of;
    this.#shown = this.#isTonight ? tonight(this.board) : fits && asRecorded(fits);
    return this.#shown;
  }

  #whole(shown: NightShown): TemplateResult {
    const now = this.#isTonight ? Math.floor(this.now / 1000) * 1000 : null;
    return html`<div class=${this.#isTonight ? "ages" : ""}>
      <p class="legend" aria-hidden="true">
        <span><i></i>${this.words.legendPlanned}</span><span><i class="ran"></i>${this.words.legendRan}</span>
        <span><i class="curfew"></i>${this.words.curfewAt}</span>
        ${now === null ? nothing : html`<span><i class="line"></i>${this.words.legendNow}</span>`}
      </p>
      <lamp-timeline .night=${shown} .now=${now}></lamp-timeline>
      <lamp-slots-told .night=${shown} data-testid="slots-told"></lamp-slots-told>
    </div>`;
  }

  #titled(shown: NightShown): string {
    const version = shown.version === null ? this.words.noVersion : this.words.version(shown.version);
    return [this.text(shown.title), version].filter(Boolean).join(" · ");
  }

  #nothing(): TemplateResult {
    if (this.#isTonight) return html`<p role="status">${this.words.noNightHelp}</p>`;
    if (this.fetched === null) return html`<p role="status">${this.words.loading}</p>`;
    const failed = "failed" in this.fetched ? this.fetched.failed : 404;
    return html`<p role="status" data-testid="no-night">${failed === 404 ? this.words.unknownNight : this.words.cannotFetch}</p>`;
  }
}
