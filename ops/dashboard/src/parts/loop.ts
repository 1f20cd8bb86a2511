import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { type Looping, loopOf } from "../looping.ts";
import { Part } from "../part.ts";
import { shared } from "../style.ts";

/** The loop that runs: its turn, what GO does to it, and the way out that lets the turn finish. */
@customElement("lamp-loop")
export class Loop extends Part {
  static override styles = [
    shared,
    css`
      section {
        display: flex;
        flex-wrap: wrap;
        gap: 0.2em 1.2em;
        align-items: center;
        padding: 0.35em 0.4em 0.35em 0.9em;
        margin-bottom: calc(var(--gap) * 0.6);
        border: 1px solid var(--choose);
        border-radius: 10px;
        background: #0f1a26;
        font-size: clamp(15px, min(1.2vw, 2.1vh), 34px);
        line-height: 1.25;
      }
      .last {
        border-color: var(--lamp);
        background: #2a2415;
      }
      b {
        color: #cfe4ff;
        white-space: nowrap;
      }
      .last b {
        color: var(--lamp);
      }
      p {
        flex: 1 1 14em;
      }
      button {
        min-height: 44px;
        border-color: var(--choose);
        font-size: inherit;
      }
      button small {
        display: block;
        font-weight: 500;
        font-size: 0.8em;
      }
      @media (max-width: 700px) {
        section {
          padding: 0.25em 0.3em 0.25em 0.7em;
          font-size: 14px;
        }
        p {
          flex-basis: 100%;
        }
        b {
          flex: 1;
        }
        b,
        button {
          order: -1;
        }
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const loop = loopOf(this.scene.run);
    return loop === null ? nothing : this.#loop(loop);
  }

  #loop(loop: Looping): TemplateResult {
    const { from, to, turn, times, last } = loop;
    return html`<section class=${last ? "last" : ""} aria-label=${this.words.loop(from, to)} data-testid="loop" data-last=${last ? "true" : "false"}>
      <b class="number">${this.words.loop(from, to)} · ${times === null ? this.words.turn(turn) : this.words.turnOf(turn, times)}</b>
      <p>${last ? this.words.lastTurn : times === null ? this.words.turnsOn : this.words.turnsUntil(times)} ${last || times !== null ? this.#then(loop) : nothing}</p>
      ${last ? nothing : this.#leave(loop)}
    </section>`;
  }

  #leave(loop: Looping): TemplateResult {
    const { stale, barred, heldBy } = this.scene;
    const dead = stale || barred !== null || heldBy !== null;
    return html`<button data-testid="leave" ?disabled=${dead} @click=${() => this.say("lamp-leave")}>
      ${this.words.leaveLoop} <kbd>V</kbd><small>${this.#then(loop)}</small>
    </button>`;
  }

  #then({ then }: Looping): string {
    if (then === null) return this.words.thenEnds;
    return then.continues === "none" ? this.words.thenWaits(then.number) : this.words.thenGoes(then.number);
  }
}
