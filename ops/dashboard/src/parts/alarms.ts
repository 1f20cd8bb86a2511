import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import { type Alarm, otherSide } from "../board.ts";
import { Part } from "../part.ts";
import { shared } from "../style.ts";
import { wallTime } from "../times.ts";
import { type Concern, touching } from "../touching.ts";

/** What a caller must know before the next GO; the other alarms are a count that opens them. */
@customElement("lamp-alarms")
export class Alarms extends Part {
  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        flex: none;
        flex-direction: column;
        gap: 0.35em;
      }
      header {
        display: flex;
        gap: 0.6em;
        align-items: center;
        justify-content: space-between;
        min-height: 26px;
      }
      ul {
        max-height: 13em;
        overflow: auto;
        border: 1px solid var(--heed);
        border-radius: 8px;
        background: #1d172a;
        line-height: 1.3;
      }
      li {
        display: grid;
        grid-template-columns: 1.4em 1fr auto;
        gap: 0.4em;
        padding: 0.25em 0.7em;
      }
      li::before {
        color: var(--heed);
        font-weight: 700;
        content: "!";
      }
      .differs::before {
        color: var(--differs);
        content: "≠";
      }
      .others {
        border-color: var(--line);
        background: var(--panel);
        font-size: var(--small);
      }
      time {
        color: var(--soft);
        font-size: var(--small);
      }
      button {
        min-height: 26px;
        padding: 0 0.7em;
        font-size: var(--small);
      }
      .offer {
        grid-column: 2 / -1;
        justify-self: start;
        min-height: 44px;
        border-color: var(--heed);
        background: #e9ddff;
        color: #17121f;
      }
      .offer:hover:not(:disabled) {
        background: #fff;
      }
      .none {
        color: var(--muted);
        font-size: var(--small);
      }
    `,
  ];

  @state() private open = false;

  override render(): TemplateResult {
    const { board, run, now } = this.scene;
    const { alarms, concerns, others } = touching(board, run, now);
    const none = alarms.length + concerns.length === 0;
    return html`<header>
        <h2 id="alarms">${this.words.touchesNext}</h2>
        ${others.length === 0
          ? nothing
          : html`<button
              data-testid="other-alarms"
              aria-expanded=${this.open ? "true" : "false"}
              aria-controls="others"
              @click=${() => (this.open = !this.open)}
            >
              ${this.words.otherAlarms(others.length)}
            </button>`}
      </header>
      <div role="log" aria-labelledby="alarms" data-testid="alarms">
        ${none
          ? html`<p class="none">${this.words.nothingTouches}</p>`
          : html`<ul>
              ${concerns.map((concern) => this.#concern(concern))} ${alarms.map((alarm) => this.#alarm(alarm))}
            </ul>`}
      </div>
      <ul id="others" class="others" data-testid="others" ?hidden=${!this.open || others.length === 0}>
        ${others.map((alarm) => this.#alarm(alarm))}
      </ul>`;
  }

  #alarm(alarm: Alarm): TemplateResult {
    return html`<li data-code=${alarm.code}>
      <span>${this.text(alarm.texts) || alarm.text}</span><time class="number">${wallTime(alarm.at, this.scene.board.time_zone)}</time>
      ${this.#takeOver(alarm)}
    </li>`;
  }

  /** The alarm that proposes a take-over has the press for it. */
  #takeOver(alarm: Alarm): TemplateResult | typeof nothing {
    const { board, stale, barred } = this.scene;
    const server = board.servers.find((one) => alarm.code === `take_over: ${one.server}`);
    if (!server?.on_air?.offered) return nothing;
    const which = otherSide(server.on_air.which);
    return html`<button
      class="offer"
      data-testid="take-over-${server.server}"
      ?disabled=${stale || barred !== null}
      @click=${() => this.say("lamp-on-air", { server: server.server, which })}
    >
      ${this.words.takeOverTo(server.server, this.words.which[which])} …
    </button>`;
  }

  #concern(concern: Concern): TemplateResult {
    const since = concern.kind === "life" ? concern.since : null;
    return html`<li class=${concern.kind} data-concern=${concern.kind}>
      <span>${this.#says(concern)}</span>
      ${since === null ? nothing : html`<time class="number">${wallTime(since, this.scene.board.time_zone)}</time>`}
    </li>`;
  }

  #says(concern: Concern): string {
    switch (concern.kind) {
      case "life":
        return this.words.concernLife(concern.server, this.words.which[concern.which], this.words.life[concern.life]);
      case "differs":
        return this.words.concernDiffers(concern.output);
      case "no reply":
        return this.words.concernNoReply(concern.output);
      case "hazard":
        return this.words.concernHazard(this.words[concern.hazard], concern.output);
    }
  }
}
