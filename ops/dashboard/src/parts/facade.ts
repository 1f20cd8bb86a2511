import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import { type Output, said, type Surface } from "../board.ts";
import { Part } from "../part.ts";
import { placed as styled } from "../placed.ts";
import { shared } from "../style.ts";

/** A mark's share of the length that no other may be in. */
const MARK_ROOM = 0.14;

type Place = Record<"left" | "width", string>;

interface Placed {
  output: Output;
  x: number;
  width: number;
}

/**
 * Each surface along its metres: what is wanted above, what is reported below.
 *
 * The picture is lit only where the board says `lit`: where a server has confirmed it. A page that
 * has not heard the player knows of no light.
 */
@customElement("lamp-facade")
export class Facade extends Part {
  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: var(--gap);
      }
      section {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 3px 0.6em;
        align-items: center;
      }
      h2 {
        grid-column: 1 / -1;
        margin-bottom: 0.2em;
      }
      .row {
        color: var(--muted);
        font-size: var(--small);
        writing-mode: vertical-rl;
        transform: rotate(180deg);
        text-align: center;
      }
      .row:lang(ko) {
        transform: none;
        text-orientation: upright;
      }
      .along {
        position: relative;
        min-width: 0;
      }
      .along > * {
        position: absolute;
        top: 0;
        bottom: 0;
        padding: 0.2em 0.5em;
        overflow: hidden;
      }
      .wanted {
        height: 3.7em;
        font-size: var(--small);
      }
      .wanted > * {
        display: flex;
        flex-direction: column;
        justify-content: center;
        border: 1px dashed #565b63;
        border-radius: 4px;
        color: var(--soft);
        line-height: 1.25;
      }
      .wanted > .light {
        border-style: solid;
        border-color: var(--soft);
        color: var(--text);
      }
      .picture {
        height: clamp(120px, 19vh, 250px);
        border-radius: 6px;
        background: #050607;
        overflow: hidden;
      }
      .picture > * {
        display: flex;
        flex-direction: column;
        justify-content: flex-end;
        padding: 0;
        font-size: var(--small);
      }
      .picture > * + * {
        border-left: 1px solid #26292e;
      }
      .pixels {
        position: absolute;
        inset: 0;
        background-image: radial-gradient(circle, #1b1d21 1.4px, transparent 1.9px);
        background-position: center;
        background-size: 7px 7px;
      }
      [data-lit="true"] .pixels {
        background-image: radial-gradient(circle, var(--lamp) 2px, rgb(246 231 196 / 28%) 3.2px);
      }
      .plate {
        position: relative;
        padding: 0.3em 0.5em;
        background: rgb(5 6 7 / 88%);
        line-height: 1.25;
      }
      .plate > * {
        display: block;
      }
      .plate > .agreement {
        display: flex;
      }
      .plate b {
        font-weight: 600;
      }
      .axis {
        grid-column: 2;
        height: 1.5em;
        color: var(--muted);
        font-size: var(--small);
      }
      .axis > * {
        padding: 0;
        overflow: visible;
        transform: translateX(-50%);
        white-space: nowrap;
      }
      .axis > :first-child {
        transform: none;
      }
      .axis > :last-child {
        transform: translateX(-100%);
      }
    `,
  ];

  override render(): TemplateResult {
    const surfaces = this.scene.board.surfaces
      .map((surface) => ({ surface, placed: this.#placed(surface) }))
      .filter(({ placed }) => placed.length > 0);
    return html`${repeat(surfaces, ({ surface }) => surface.surface, ({ surface, placed }) => this.#surface(surface, placed))}`;
  }

  #placed(surface: Surface): Placed[] {
    return this.scene.board.outputs
      .filter((output) => output.surface === surface.surface)
      .flatMap((output) =>
        output.x === null || output.width === null ? [] : [{ output, x: output.x, width: output.width }],
      );
  }

  #surface(surface: Surface, placed: Placed[]): TemplateResult {
    const length = surface.length ?? Math.max(...placed.map(({ x, width }) => x + width));
    const at = (x: number, width: number): Place => ({ left: `${(x / length) * 100}%`, width: `${(width / length) * 100}%` });
    const marks = apart([...new Set([...placed.map(({ x }) => x), length])].sort((a, b) => a - b), length);
    const title = this.text(surface.title) || surface.surface;
    const metres = String(Math.round(length));
    return html`<section data-surface=${surface.surface}>
      <h2>${title.includes(metres) ? title : this.words.facadeLength(title, metres)}</h2>
      <span class="row">${this.words.wanted}</span>
      <div class="along wanted">${placed.map((one) => this.#wanted(one, at(one.x, one.width)))}</div>
      <span class="row">${this.words.reported}</span>
      <div class="along picture" data-testid="picture-${surface.surface}">
        ${placed.map((one) => this.#reported(one, at(one.x, one.width)))}
      </div>
      <div class="along axis number" aria-hidden="true">
        ${marks.map((mark) => html`<span ${styled({ left: `${(mark / length) * 100}%` })}>${this.words.metres(String(Math.round(mark)))}</span>`)}
      </div>
    </section>`;
  }

  #wanted({ output }: Placed, place: Place): TemplateResult {
    return html`<div class=${output.wants_light ? "light" : ""} ${styled(place)} data-wanted=${output.output}>
      <b class="cut">${this.#clip(output)}</b>
      <span class="cut">${this.#level(output)}</span>
    </div>`;
  }

  #reported({ output }: Placed, place: Place): TemplateResult {
    const word = said(output, this.scene.now);
    const lit = output.lit && !this.scene.stale;
    const brightness = lit ? String(0.25 + 0.75 * Math.min(1, output.level)) : "1";
    return html`<div ${styled(place)} data-lit=${lit ? "true" : "false"} data-output=${output.output}>
      <span class="pixels" ${styled({ opacity: brightness })}></span>
      <div class="plate">
        ${lit
          ? html`<b class="cut">${this.#clip(output)}</b><span class="cut">${this.text(output.work_title)}</span>`
          : word === "confirmed" && !output.lit
            ? html`<b class="cut">${this.words.noLight}</b>`
            : nothing}
        <span
          class="agreement ${word.replaceAll(" ", "-")}"
          data-agreement=${word}
          >${this.words.said[word]}</span
        >
      </div>
    </div>`;
  }

  #clip(output: Output): string {
    if (output.clip === null) return this.words.noLight;
    return output.clip_name ?? this.words.clip(String(output.clip));
  }

  #level(output: Output): string {
    if (output.dark) return this.words.dark;
    return output.clip === null ? "" : `${Math.round(output.level * 100)} %`;
  }
}

/** The marks whose figures have room beside the one before and before the last. */
function apart(marks: number[], length: number): number[] {
  const room = length * MARK_ROOM;
  let before = -Infinity;
  return marks.filter((mark) => {
    const fits = mark === length || (mark - before >= room && length - mark >= room);
    if (fits) before = mark;
    return fits;
  });
}
