import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { type Board, type Output, type Routing, ROUTINGS, shortName, type Surface } from "../board.ts";
import type { Where } from "../desk.ts";
import { barred } from "../may.ts";
import type { Scene } from "../part.ts";
import { Dialog } from "./dialog.ts";

/** One press: what is to go where. */
export interface Routed {
  where: Where;
  to: Routing;
}

/** Where each output goes: a surface at once, or one by one. Each press is a call. */
@customElement("lamp-routes")
export class RoutesDialog extends Dialog {
  static override styles = [
    Dialog.styles,
    css`
      dialog {
        width: min(760px, calc(100vw - 24px));
      }
      h2:focus {
        outline: none;
      }
      h3 {
        margin: 1em 0 0.3em;
        font-size: 1.05em;
      }
      li {
        display: grid;
        grid-template-columns: minmax(6em, 1fr) auto;
        gap: 0.3em 1em;
        align-items: center;
        padding: 0.25em 0;
      }
      li + li {
        border-top: 1px solid var(--line);
      }
      .whole {
        font-weight: 700;
      }
      .choice {
        display: grid;
        grid-template-columns: repeat(3, minmax(6.5em, 1fr));
      }
      .choice button {
        min-height: 44px;
        padding: 0.2em 0.5em;
        border-radius: 0;
        font-weight: 500;
      }
      .choice button + button {
        border-left: 0;
      }
      .choice button:first-child {
        border-radius: 8px 0 0 8px;
      }
      .choice button:last-child {
        border-radius: 0 8px 8px 0;
      }
      button[aria-pressed="true"] {
        background: var(--text);
        color: #000;
        font-weight: 700;
      }
      button.off[aria-pressed="true"] {
        background: var(--choose);
      }
      .help {
        margin: 0.8em 0 0;
      }
      .told {
        min-height: 1.4em;
        margin: 0.8em 0 0;
        color: #e9ddff;
      }
      @media (max-width: 620px) {
        li {
          grid-template-columns: 1fr;
        }
        .choice {
          grid-template-columns: repeat(3, 1fr);
        }
      }
    `,
  ];

  @property({ attribute: false }) scene!: Scene;

  protected content(): TemplateResult {
    const { board, notice } = this.scene;
    return html`<h2 id="title" tabindex="-1" autofocus>${this.words.routesTitle}</h2>
      <p>${this.words.routesHelp}</p>
      ${board.surfaces.map((surface) => this.#surface(board, surface))}
      ${board.servers.every(({ simulator }) => simulator) ? nothing : html`<p class="help" data-testid="no-simulators">${this.words.noSimulators} <code>lamplighter simulate FILE --rehearsal</code></p>`}
      <p class="told" role="status" data-testid="routes-notice">${notice ?? nothing}</p>
      <footer>
        <button class="main" data-testid="routes-close" @click=${() => this.close()}>${this.words.close}</button>
      </footer>`;
  }

  #surface(board: Board, { surface, title }: Surface): TemplateResult | typeof nothing {
    const outputs = board.outputs.filter((output) => output.surface === surface);
    if (outputs.length === 0) return nothing;
    const name = this.text(title) || surface;
    return html`<h3>${name}</h3>
      <ul>
        ${outputs.length === 1 ? nothing : this.#row(this.words.wholeSurface(name), { surface }, outputs)}
        ${outputs.map((output) => this.#row(shortName(output.output, surface), { outputs: [output.output] }, [output]))}
      </ul>`;
  }

  #row(name: string, where: Where, outputs: Output[]): TemplateResult {
    const whole = "surface" in where;
    return html`<li class=${whole ? "whole" : ""} data-route=${whole ? where.surface : where.outputs.join(" ")}>
      <span>${name}</span>
      <div class="choice" role="group" aria-label=${name}>${ROUTINGS.map((to) => this.#choice(where, to, outputs))}</div>
    </li>`;
  }

  #choice(where: Where, to: Routing, outputs: Output[]): TemplateResult {
    const { servers } = this.scene.board;
    const there = outputs.every((output) => output.routing === to);
    const missing = to === "simulator" && !outputs.every((output) => servers.some((one) => one.server === output.server && one.simulator));
    const dead = missing || this.scene.stale || outputs.some((output) => barred(this.scene.person, this.scene.board, output) !== null);
    return html`<button
      class=${to === "wire" ? "" : "off"}
      data-to=${to}
      aria-pressed=${there ? "true" : "false"}
      ?disabled=${dead}
      @click=${() => there || this.say("lamp-route", { where, to })}
    >
      ${this.words.routing[to]}
    </button>`;
  }
}
