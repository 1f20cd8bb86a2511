import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { Surface } from "../board.ts";
import { placed } from "../placed.ts";
import { shared } from "../style.ts";
import { chooser } from "./chooser-style.ts";
import { type WorkCredit, works } from "./fetching.ts";
import { type Piece, pictureOf, type Wish, wishesOf } from "./picture.ts";
import { surfaceChooser } from "./surface-chooser.ts";
import { LiveView } from "./view.ts";

const ASK_AGAIN = 5_000;

/** The picture along the building, from confirmed looks alone, with each work and who made it. */
@customElement("lamp-facade-view")
export class FacadeView extends LiveView {
  static override styles = [
    shared,
    chooser,
    css`
      .surfaces {
        display: flex;
        flex: 1;
        flex-direction: column;
        gap: 3vh;
        padding: 1.5vh 2vw 2vh;
        background: #000;
        color: #fff;
      }
      section {
        display: flex;
        flex: 1 1 0;
        flex-direction: column;
        gap: 0.5vh;
        min-height: 220px;
      }
      h2 {
        color: #c9c9c9;
        font-size: max(14px, min(1.3vw, 2.2vh));
      }
      .along {
        position: relative;
        min-width: 0;
      }
      .along > * {
        position: absolute;
        top: 0;
        bottom: 0;
        overflow: hidden;
      }
      .wanted {
        height: 1.7em;
        font-size: max(12px, min(1vw, 1.7vh));
      }
      .wanted > * {
        padding: 0 0.5em;
        border: 1px dashed #777;
        border-radius: 3px;
        color: #c9c9c9;
        line-height: calc(1.7em - 2px);
        white-space: nowrap;
        text-overflow: ellipsis;
      }
      .wanted > .light {
        border-style: solid;
        color: #fff;
      }
      .picture {
        flex: 1 1 0;
        min-height: 90px;
        overflow: hidden;
        border-radius: 4px;
        background: #050607;
      }
      .picture > * + * {
        border-left: 1px solid #26292e;
      }
      .pixels {
        position: absolute;
        inset: 0;
        background-image: radial-gradient(circle, #15171a 22%, transparent 30%);
        background-position: center;
        background-size: max(7px, 0.65vw) max(7px, 0.65vw);
      }
      [data-lit="true"] .pixels {
        background-image: radial-gradient(circle, var(--lamp) 26%, rgb(246 231 196 / 30%) 48%);
      }
      .word {
        position: absolute;
        right: 0;
        bottom: 0;
        left: 0;
        padding: 0.2em 0.5em;
        background: rgb(0 0 0 / 80%);
        color: #c9c9c9;
        font-size: max(13px, min(1.1vw, 1.9vh));
        text-align: center;
      }
      .credits {
        display: grid;
        gap: 0.2em 1.5vw;
        min-height: min(15vh, 10vw);
        text-align: center;
      }
      .credits b {
        display: block;
        color: var(--lamp);
        font-size: max(20px, min(4vw, 6.6vh));
        line-height: 1.1;
        text-wrap: balance;
      }
      .credits span {
        font-size: max(16px, min(2.6vw, 4.2vh));
      }
      .credits .clip {
        color: #c9c9c9;
        font-size: max(13px, min(1.2vw, 2vh));
      }
      .choices {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5em;
        padding: 0.4em 2vw 0.8em;
        background: #000;
      }
      :host([full]) .choices {
        display: none;
      }
      :host([stale]) {
        --lamp: #c4c4c4;
      }
      @media (max-width: 700px) {
        .surfaces {
          padding-inline: 10px;
        }
        .credits {
          display: block;
        }
        .credits > * + * {
          margin-top: 0.5em;
        }
      }
    `,
  ];

  protected readonly view = "facade";
  @state() private credits: readonly WorkCredit[] = [];
  #credited = "";
  #again = 0;

  protected override get bare(): boolean {
    return true;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearTimeout(this.#again);
    this.#credited = "";
  }

  override updated(changed: PropertyValues): void {
    super.updated(changed);
    const { festival, version } = this.board;
    const of = `${festival} ${version}`;
    if (festival === null || of === this.#credited) return;
    this.#credited = of;
    void this.#credit(festival, of);
  }

  /** A credit must show where its work shows: what could not be fetched is asked for again. */
  async #credit(festival: string, of: string): Promise<void> {
    const found = await works(festival);
    if (this.#credited !== of) return;
    if ("value" in found) this.credits = found.value;
    else this.#again = window.setTimeout(() => void this.#credit(festival, of), ASK_AGAIN);
  }

  protected content(): TemplateResult {
    const shown = this.surfaces.filter(({ surface }) => this.board.outputs.some((output) => output.surface === surface));
    return html`<div class="surfaces">
        ${shown.length === 0 ? html`<p>${this.words.noOutputs}</p>` : shown.map((surface) => this.#surface(surface))}
      </div>
      <div class="choices">
        ${surfaceChooser(this.board.surfaces, this.choices, "facade", this.words, (text) => this.text(text))}
        ${this.fullScreenButton()}
      </div>`;
  }

  #surface(surface: Surface): TemplateResult {
    const pieces = pictureOf(this.board, surface, this.credits, this.now, this.stale);
    const wishes = wishesOf(this.board, surface, this.credits);
    return html`<section data-surface=${surface.surface} aria-labelledby="surface-${surface.surface}">
      <h2 id="surface-${surface.surface}">${this.text(surface.title) || surface.surface}</h2>
      <div class="along wanted" role="group" aria-label=${this.words.wanted}>${wishes.map((wish) => this.#wish(wish))}</div>
      <div class="along picture" role="group" aria-label=${this.words.reported} data-testid="picture-${surface.surface}">
        ${pieces.map((piece) => this.#piece(piece))}
      </div>
      <div class="credits" ${columns(pieces)} data-testid="credits-${surface.surface}">
        ${pieces.map((piece) => this.#caption(piece))}
      </div>
    </section>`;
  }

  #wish(wish: Wish): TemplateResult {
    const what = wish.title === null ? wish.clip : this.text(wish.title);
    const level = wish.level < 1 ? ` · ${Math.round(wish.level * 100)} %` : "";
    return html`<span class=${wish.light ? "light" : ""} ${spot(wish)}>${wish.light ? `${this.words.wanted}: ${what}${level}` : this.words.noLight}</span>`;
  }

  #piece(piece: Piece): TemplateResult {
    const brightness = piece.lit ? String(0.25 + 0.75 * Math.min(1, piece.level)) : "1";
    return html`<div ${spot(piece)} data-lit=${piece.lit ? "true" : "false"} data-outputs=${piece.outputs.join(" ")}>
      <span class="pixels" ${placed({ opacity: brightness })}></span>
      ${piece.lit ? nothing : html`<span class="word">${this.stale ? this.words.noWord : this.#dark(piece)}</span>`}
    </div>`;
  }

  #dark(piece: Piece): string {
    if (piece.said === "simulator" || piece.said === "record only") return this.words.rehearsedHere(this.words.said[piece.said]);
    return piece.said === "confirmed" ? this.words.noLight : this.words.noLightSaid(this.words.said[piece.said]);
  }

  #caption(piece: Piece): TemplateResult {
    if (!piece.lit) return html`<p></p>`;
    if (piece.title === null) return html`<p><span class="clip">${piece.clip === null ? "" : this.words.clip(piece.clip)}</span></p>`;
    const names = piece.artists?.map((name) => this.text(name)).join(", ");
    return html`<p data-work=${piece.work}>
      <b>${this.text(piece.title)}</b>
      <span>${names ?? this.words.creditUnknown}</span>
    </p>`;
  }
}

function spot({ x, width }: { x: number; width: number }): unknown {
  return placed({ left: `${x * 100}%`, width: `${width * 100}%` });
}

function columns(pieces: readonly Piece[]): unknown {
  return placed({ "grid-template-columns": pieces.map(({ width }) => `minmax(0, ${width}fr)`).join(" ") });
}
