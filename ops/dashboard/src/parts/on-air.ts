import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { awaits, type OnAir, otherSide, type Server } from "../board.ts";
import { Part } from "../part.ts";
import { shared } from "../style.ts";
import { short, wallTime } from "../times.ts";

/** Answers younger than this have no age written beside them. */
const TOLD_FROM = 3_000;

/** Which side of a server is on the picture, what its switch says of that, and the press that takes over. */
@customElement("lamp-on-air")
export class OnAirPart extends Part {
  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        gap: 0.2em 0.8em;
        align-items: center;
        padding-top: 0.3em;
      }
      b {
        font-weight: 700;
      }
      .says {
        flex: 1;
        min-width: 9em;
      }
      .age {
        color: var(--muted);
      }
      button {
        min-height: 30px;
        padding: 0 0.7em;
      }
      .offered {
        border-color: var(--heed);
        background: #e9ddff;
        color: #17121f;
      }
      .offered:hover:not(:disabled) {
        background: #fff;
      }
      @media (max-width: 1100px) {
        button {
          min-height: 44px;
        }
      }
    `,
  ];

  @property({ attribute: false }) server!: Server;

  override render(): TemplateResult | typeof nothing {
    const { server } = this;
    const air = server.on_air ?? null;
    if (air === null) return nothing;
    const to = otherSide(air.which);
    const { stale, barred } = this.scene;
    return html`<span class="says" data-testid="on-air-${server.server}" data-which=${air.which} data-agreement=${this.#word(air)}>
        ${this.words.onAir} <b>${this.words.which[air.which]}</b> ${this.#agreement(air)} ${this.#since(air)}
      </span>
      <button
        class=${air.offered ? "offered" : ""}
        data-testid="put-on-air-${server.server}"
        ?disabled=${stale || barred !== null}
        @click=${() => this.say("lamp-on-air", { server: server.server, which: to })}
      >
        ${this.words.putOnAir(this.words.which[to])} …
      </button>`;
  }

  #word(air: OnAir): string {
    return awaits(air.agreement, air.since, this.scene.now) ? "sent" : air.agreement;
  }

  #agreement(air: OnAir): TemplateResult {
    const word = awaits(air.agreement, air.since, this.scene.now) ? "sent" : air.agreement;
    const old = air.reported_at === null ? 0 : this.scene.now - air.reported_at;
    const says = word === "differs" && air.reported !== null ? this.words.switchSays(this.words.which[air.reported]) : this.words.said[word];
    return html`<span class="agreement ${word.replaceAll(" ", "-")}"
      >${says} ${old >= TOLD_FROM ? html`<span class="age number">${this.words.ago(short(Math.round(old / 1000) * 1000))}</span>` : nothing}</span
    >`;
  }

  #since({ by, since }: OnAir): TemplateResult | typeof nothing {
    if (by === null || since === null) return nothing;
    return html`<span class="age number">${by}, ${wallTime(since, this.scene.board.time_zone)}</span>`;
  }
}
