import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { nextCurfew } from "../board.ts";
import { Part } from "../part.ts";
import { shared } from "../style.ts";
import { left, nightDate, short, wallMinute, wallTime } from "../times.ts";
import "../views/menu.ts";
import { chooseLanguage, language } from "../words/index.ts";

/** The venue's clock, the night, what is to come and who is here. */
@customElement("lamp-top")
export class TopStrip extends Part {
  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        gap: calc(var(--gap) * 2);
        align-items: center;
        padding: 0.35em var(--gap);
        border-bottom: 1px solid var(--line);
        background: var(--panel);
        white-space: nowrap;
      }
      time {
        font-size: calc(var(--big) * 1.05);
        font-weight: 700;
        line-height: 1.1;
        font-variant-numeric: tabular-nums;
      }
      .title {
        flex: 1 1 0;
        min-width: 0;
      }
      .title strong {
        display: block;
        font-weight: 600;
      }
      dl {
        display: flex;
        flex-direction: column;
        min-width: 0;
      }
      dt,
      .night {
        color: var(--muted);
        font-size: var(--small);
        line-height: 1.2;
      }
      dd {
        font-weight: 600;
        font-variant-numeric: tabular-nums;
      }
      .old {
        color: var(--differs);
      }
      .languages {
        display: flex;
      }
      button {
        min-height: 2.1em;
        padding: 0.2em 0.7em;
      }
      @media (max-width: 700px) {
        :host {
          flex-wrap: wrap;
          gap: 0.3em 0.9em;
          padding: 0.4em 0.8em;
        }
        .title {
          order: 1;
          flex: 1 0 100%;
        }
        .title strong {
          display: inline;
        }
        .night {
          display: inline;
        }
        time {
          flex: 1;
        }
        .who,
        .keys {
          display: none;
        }
        .curfew,
        .age {
          order: 2;
          flex: 1;
          font-size: var(--small);
        }
      }
    `,
  ];

  override render(): TemplateResult {
    const { board, now, name } = this.scene;
    const night = board.night === null ? null : nightDate(board.night, language());
    const version = board.version === null ? this.words.noVersion : this.words.version(board.version);
    return html`
      <lamp-menu></lamp-menu>
      <time data-testid="clock" aria-label=${this.words.venueTime} role="timer" aria-live="off"
        >${wallTime(now, board.time_zone)}</time
      >
      <div class="title cut">
        <strong class="cut">${this.text(board.title) || this.words.noNight}</strong>
        <span class="night">${night === null ? nothing : html`${night} · ${version}`}</span>
      </div>
      ${this.#curfew()} ${this.#age()}
      <dl class="who">
        <dt>${this.words.signedIn}</dt>
        <dd class="cut" data-testid="person">${name}</dd>
      </dl>
      <div class="languages">${this.#language()}</div>
      <button class="keys" data-testid="keys" @click=${() => this.say("lamp-keys")}>
        ${this.words.keys} <kbd>?</kbd>
      </button>
      <button class="keys" data-testid="sign-out" @click=${() => this.say("lamp-sign-out")}>
        ${this.words.signOut}
      </button>
    `;
  }

  #curfew(): TemplateResult {
    const { board, now } = this.scene;
    const surface = nextCurfew(board, now);
    if (surface === null) return html`<dl class="curfew"><dt>${this.words.noCurfew}</dt></dl>`;
    const at = surface.curfew ?? 0;
    return html`<dl class="curfew">
      <dt>${this.words.curfew(surface.surface, wallMinute(at, board.time_zone))}</dt>
      <dd>${left(at - now)}</dd>
    </dl>`;
  }

  #age(): TemplateResult {
    const { silence, stale } = this.scene;
    // To a tenth, and not under a half: a page that is fresh should not flicker.
    const age = silence === null ? this.words.never : this.words.ago(short(Math.max(500, round(silence))));
    return html`<dl class="age">
      <dt>${this.words.feedAge}</dt>
      <dd class=${stale ? "old" : ""} data-testid="feed-age">${silence !== null && silence < 500 ? `< ${age}` : age}</dd>
    </dl>`;
  }

  #language(): TemplateResult {
    const next = language() === "en" ? "ko" : "en";
    return html`<button
      data-testid="language"
      lang=${next}
      aria-label=${this.words.otherLanguage}
      @click=${() => chooseLanguage(next)}
    >
      ${language() === "en" ? "한국어" : "EN"}
    </button>`;
  }
}

function round(length: number): number {
  return length < 10_000 ? Math.round(length / 100) * 100 : Math.round(length / 1000) * 1000;
}

