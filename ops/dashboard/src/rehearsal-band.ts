import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { place } from "./acting.ts";
import { type Board, routes } from "./board.ts";
import { Speaking } from "./part.ts";
import { shared } from "./style.ts";

/** Across every screen while any output is off the wire: what goes where, and what is lit for real. */
@customElement("lamp-rehearsal")
export class RehearsalBand extends Speaking {
  static override styles = [
    shared,
    css`
      p {
        display: flex;
        flex-wrap: wrap;
        gap: 0 1.2em;
        align-items: baseline;
        justify-content: center;
        padding: 0.25em var(--gap);
        border-block: 2px solid var(--choose);
        background: repeating-linear-gradient(-45deg, #12304f 0 18px, #0d2238 18px 36px);
        color: #e4f1ff;
        font-size: clamp(15px, min(1.35vw, 2.4vh), 26px);
        text-align: center;
      }
      strong {
        letter-spacing: 0.35em;
      }
      strong:lang(ko) {
        letter-spacing: 0.2em;
      }
      span {
        font-size: 0.8em;
        font-weight: 500;
      }
      .wire {
        font-weight: 700;
      }
    `,
  ];

  @property({ attribute: false }) board!: Board;

  override render(): TemplateResult | typeof nothing {
    if (!this.board.rehearsal) return nothing;
    return html`<p data-testid="rehearsal">
      <strong>${this.words.rehearsal}</strong>
      ${routes(this.board).map(
        ({ to, groups }) => html`<span class=${to === "wire" ? "wire" : ""}>${this.words.routed(to, groups.map(place).join(", "))}</span>`,
      )}
    </p>`;
  }
}
