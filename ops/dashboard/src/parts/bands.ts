import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { Part } from "../part.ts";
import { shared } from "../style.ts";
import { wallTime } from "../times.ts";

/** Full-width words that nobody may miss: stale, stopped, not recorded, automation off. */
@customElement("lamp-bands")
export class Bands extends Part {
  static override styles = [
    shared,
    css`
      p {
        display: flex;
        flex-wrap: wrap;
        gap: 0.3em 1.2em;
        align-items: center;
        justify-content: center;
        padding: 0.35em var(--gap);
        font-size: clamp(15px, min(1.35vw, 2.4vh), 26px);
        font-weight: 700;
        text-align: center;
      }
      .stale {
        background: var(--text);
        color: #000;
      }
      .stopped {
        border-bottom: 2px solid var(--differs);
        background: #3a1210;
        color: #ffd9d5;
      }
      .heed {
        border-bottom: 1px solid var(--heed);
        background: #241b33;
        color: #e9ddff;
        font-size: var(--body);
      }
      small {
        font-weight: 500;
        font-size: 0.8em;
      }
    `,
  ];

  override render(): TemplateResult {
    const { board, stale, notice } = this.scene;
    return html`<div role="alert">${stale ? this.#stale() : nothing}</div>
      <div role="status">
        ${board.stopped === null ? nothing : this.#stopped()}
        ${board.volatile ? html`<p class="heed">${this.words.volatile}</p>` : nothing}
        ${board.automation || board.stopped ? nothing : html`<p class="heed">${this.words.automationOff}</p>`}
        ${notice === null ? nothing : html`<p class="heed" data-testid="notice">${notice}</p>`}
      </div>`;
  }

  /** The seconds are kept from screen readers: they would say them each second. */
  #stale(): TemplateResult {
    const { silence, connected } = this.scene;
    const seconds = silence === null ? null : Math.floor(silence / 1000);
    return html`<p class="stale" data-testid="stale">
      <span>${seconds === null ? this.words.staleNever : this.words.stale(seconds)}</span>
      ${connected ? nothing : html`<small>${this.words.disconnected}</small>`}
    </p>`;
  }

  #stopped(): TemplateResult {
    const { board, name } = this.scene;
    const { by, at, reason } = board.stopped ?? { by: "", at: 0, reason: null };
    return html`<p class="stopped" data-testid="stopped">
      <span>${this.words.stopped(by, wallTime(at, board.time_zone))}${reason ? html`: ${reason}` : nothing}</span>
      <button data-testid="restart" @click=${() => this.say("lamp-restart")}>
        ${this.words.restartAs(name)} …
      </button>
    </p>`;
  }
}
