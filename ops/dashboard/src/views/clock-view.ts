import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { shared } from "../style.ts";
import { left, span, wallMinute, wallTime } from "../times.ts";
import { alive, comingNext, curfewOf, type Next, type Now, runningNow } from "./coming.ts";
import { surfaceChooser } from "./surface-chooser.ts";
import { chooser } from "./chooser-style.ts";
import { aging, LiveView } from "./view.ts";

/** Backstage: what the time is, what is left, what comes. To be read at ten metres. */
@customElement("lamp-clock-view")
export class ClockView extends LiveView {
  static override styles = [
    shared,
    aging,
    chooser,
    css`
      .ages {
        display: grid;
        flex: 1;
        grid-template: auto minmax(0, 1fr) auto / 1fr auto;
        gap: 1vh 3vw;
        padding: 1.5vh 2.5vw 2.5vh;
        background: #000;
        color: #fff;
        font-variant-numeric: tabular-nums;
        line-height: 1.05;
      }
      time {
        font-size: min(13vw, 17vh);
        font-weight: 700;
        letter-spacing: -0.02em;
      }
      .curfew {
        align-self: center;
        text-align: right;
      }
      .curfew b {
        display: block;
        font-size: min(6vw, 9vh);
      }
      .curfew span,
      .what,
      .then dt {
        color: #c9c9c9;
        font-size: max(17px, min(2.4vw, 4vh));
      }
      .what {
        margin: 0 0 0.1em;
        font-weight: 600;
        line-height: 1.15;
      }
      .now {
        display: flex;
        flex-direction: column;
        grid-column: 1 / -1;
        justify-content: center;
        min-width: 0;
        text-align: center;
      }
      .what strong {
        display: block;
        color: var(--lamp);
        font-size: 1.7em;
        overflow-wrap: anywhere;
      }
      .count {
        font-size: min(25vw, 38vh);
        font-weight: 800;
        letter-spacing: -0.03em;
      }
      .count.long {
        font-size: min(17vw, 38vh);
      }
      .count.words {
        font-size: min(11vw, 22vh);
        letter-spacing: 0;
      }
      .then {
        display: grid;
        grid-column: 1 / -1;
        grid-template-columns: auto 1fr auto;
        gap: 0.2em 1.2em;
        align-items: baseline;
        padding-top: 1.4vh;
        border-top: 2px solid #444;
        font-size: max(20px, min(3.8vw, 6.4vh));
      }
      .then dd {
        font-weight: 700;
        min-width: 0;
      }
      .when {
        text-align: right;
      }
      .choices {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5em;
        padding: 0.4em 2.5vw 0.8em;
        background: #000;
        opacity: 0.85;
      }
      :host([full]) .choices {
        display: none;
      }
      @media (max-width: 700px) {
        .ages {
          grid-template: auto auto minmax(0, 1fr) auto / 1fr;
        }
        time {
          font-size: 21vw;
        }
        .curfew {
          display: flex;
          flex-wrap: wrap;
          gap: 0 0.5em;
          align-items: baseline;
          text-align: left;
        }
        .curfew b {
          font-size: 11vw;
        }
        .count {
          font-size: 32vw;
        }
        .count.long {
          font-size: 22vw;
        }
        .count.words {
          font-size: 15vw;
        }
        .then {
          grid-template-columns: 1fr;
          gap: 0;
        }
        .when {
          text-align: left;
        }
      }
    `,
  ];

  protected readonly view = "clock";

  protected override get bare(): boolean {
    return true;
  }

  protected override get hasClock(): boolean {
    return true;
  }

  protected content(): TemplateResult {
    const surfaces = this.surfaces.map(({ surface }) => surface);
    const running = runningNow(this.board, surfaces, this.now);
    const coming = comingNext(this.board, surfaces, this.now);
    const held = alive(this.board, surfaces).some((run) => run.status === "holding");
    return html`<div class="ages">
        <time role="timer" aria-live="off" aria-label=${this.words.venueTime} data-testid="clock"
          >${wallTime(this.now, this.board.time_zone)}</time
        >
        ${this.#curfew(surfaces)}
        <section class="now" data-testid="count" aria-label=${this.words.running}>
          ${held ? html`<p class="what" data-testid="held">${this.words.isHeld}</p>` : nothing}
          ${running === null ? this.#waiting(coming) : this.#running(running)}
        </section>
        <dl class="then" data-testid="then">${this.#then(running === null ? coming.slice(1) : coming)}</dl>
      </div>
      <div class="choices">
        ${surfaceChooser(this.board.surfaces, this.choices, "clock", this.words, (text) => this.text(text))}
        ${this.fullScreenButton()}
      </div>`;
  }

  #curfew(surfaces: readonly string[]): TemplateResult {
    const next = curfewOf(this.board, surfaces, this.now);
    if (next === null) return html`<p class="curfew"><span>${this.words.noCurfew}</span></p>`;
    const title = this.text(next.title) || next.surface;
    const past = next.at <= this.now;
    return html`<p class="curfew" data-testid="curfew">
      <b>${past ? span(this.now - next.at) : left(next.at - this.now)}</b>
      <span>${past ? this.words.curfewPast(title) : this.words.untilCurfew(title)}</span>
    </p>`;
  }

  #running(now: Now): TemplateResult {
    return html`<p class="what">
        <strong data-testid="what">${now.number} ${this.text(now.title)}</strong>
        ${now.left === null ? this.words.soFarOf : this.words.leftOf} ·
        ${now.server === null ? this.words.ourClock : this.words.serverClock(now.server)}
      </p>
      ${this.#count(now.left === null ? span(now.gone) : left(now.left))}`;
  }

  /** Nothing runs: the biggest thing is then the time to what comes, or that it waits for a GO. */
  #waiting([next]: readonly Next[]): TemplateResult {
    if (next === undefined) {
      return html`<p class="count words">
        ${this.board.night === null ? this.words.noNightLoaded : this.words.nothingMore}
      </p>`;
    }
    const title = html`<p class="what"><strong data-testid="what">${next.number} ${this.text(next.title)}</strong> ${this.#how(next)}</p>`;
    if (next.at === null) return html`${title}<p class="count words">${this.#when(next)}</p>`;
    if (next.at <= this.now) return html`${title}<p class="count words">${this.words.timeHasCome}</p>`;
    return html`${title}${this.#count(left(next.at - this.now))}`;
  }

  #count(text: string): TemplateResult {
    return html`<p class="count ${text.length > 5 ? "long" : ""}" role="timer" aria-live="off">${text}</p>`;
  }

  #then([next]: readonly Next[]): TemplateResult {
    if (next === undefined) return html`<dt>${this.words.thenComes}</dt><dd>${this.words.nothingMore}</dd>`;
    return html`<dt>${this.words.thenComes}</dt>
      <dd>${next.number} ${this.text(next.title)}</dd>
      <dd class="when">${this.#when(next)}</dd>`;
  }

  #when(next: Next): string {
    if (next.how === "automation is off") return this.words.notByItself;
    if (next.at === null) return this.words.waitsForGo;
    if (next.how === "by itself") return this.words.inSpan(left(Math.max(0, next.at - this.now)));
    return this.#how(next);
  }

  #how(next: Next): string {
    const at = next.at === null ? "" : wallMinute(next.at, this.board.time_zone);
    if (next.how === "starts") return this.words.startsAt(at);
    return next.how === "stands by" ? this.words.standsByAt(at) : "";
  }
}
