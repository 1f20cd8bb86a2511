import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import type { Prediction } from "../board.ts";
import { Part } from "../part.ts";
import { shared } from "../style.ts";
import { span, wallMinute } from "../times.ts";

/** When tonight ends on each surface: a line where that is in time, else by how much not, and what would mend it. */
@customElement("lamp-predictions")
export class Predictions extends Part {
  static override styles = [
    shared,
    css`
      ul {
        font-size: var(--small);
        line-height: 1.3;
      }
      .fine {
        padding: 0 0.7em;
        color: var(--muted);
      }
      .over {
        padding: 0.4em 0.7em;
        border: 1px solid var(--heed);
        border-radius: 8px;
        background: #241b33;
        color: #e9ddff;
      }
      li + li {
        margin-top: 0.25em;
      }
      b {
        font-weight: 700;
      }
      ol {
        margin-top: 0.15em;
      }
      ol li::before {
        content: "– ";
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { predictions } = this.scene.board;
    if (predictions.length === 0) return nothing;
    return html`<ul aria-label=${this.words.tonightEnds}>
      ${predictions.map((one) => (one.over > 0 ? this.#over(one) : this.#fine(one)))}
    </ul>`;
  }

  #fine(one: Prediction): TemplateResult {
    return html`<li class="fine number" data-testid="ends-${one.surface}" data-over="0">${this.#ends(one)}</li>`;
  }

  #over(one: Prediction): TemplateResult {
    return html`<li class="over" data-testid="ends-${one.surface}" data-over=${one.over}>
      <span class="number">${this.#ends(one)} · <b>${this.words.over(span(one.over))}</b></span>
      ${one.cuts.length === 0
        ? html`<p>${this.words.noCut}</p>`
        : html`<p>${this.words.cutsMend}</p>
            <ol>${one.cuts.map((cut) => html`<li>${this.text(cut.texts)}</li>`)}</ol>`}
    </li>`;
  }

  #ends({ surface, ends, curfew }: Prediction): string {
    const zone = this.scene.board.time_zone;
    const at = this.words.surfaceEnds(surface, wallMinute(ends, zone));
    return curfew === null ? at : `${at} · ${this.words.curfewAtTime(wallMinute(curfew, zone))}`;
  }
}
