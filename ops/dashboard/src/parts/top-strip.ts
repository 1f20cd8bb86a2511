import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { nextCurfew } from "../board.ts";
import { Part } from "../part.ts";
import { shared } from "../style.ts";
import { left, nightDate, offset, short, wallMinute, wallTime } from "../times.ts";
import "../views/menu.ts";
import { chooseLanguage, language } from "../words/index.ts";
import "./control.ts";

/** The venue's clock, the night, what is to come, who has control, and how well the player is heard. */
@customElement("lamp-top")
export class TopStrip extends Part {
  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        gap: 0 calc(var(--gap) * 1.8);
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
      .age dd {
        min-width: 5.2em;
      }
      .offset dd {
        min-width: 7.6em;
      }
      .old {
        color: var(--differs);
      }
      .tools {
        display: flex;
        gap: 0.4em;
      }
      button {
        min-height: 2.1em;
        padding: 0.2em 0.65em;
      }
      svg {
        display: block;
        width: 1.1em;
        height: 1.1em;
        fill: none;
        stroke: currentColor;
        stroke-width: 2;
      }
      @media (max-width: 1500px) {
        :host {
          gap: 0 var(--gap);
        }
        .who {
          display: none;
        }
        .tools kbd {
          display: none;
        }
      }
      @media (max-width: 1100px) {
        :host {
          flex-wrap: wrap;
          gap: 0.3em 0.9em;
        }
        .title {
          flex: 1 1 12em;
        }
        .tools {
          margin-left: auto;
        }
      }
      @media (max-width: 700px) {
        :host {
          padding: 0.35em 0.7em;
        }
        .title {
          flex: 1 1 0;
        }
        .tools {
          order: 1;
        }
        .title,
        .curfew,
        .age,
        .offset {
          order: 2;
          flex: 1 1 auto;
          font-size: var(--small);
        }
        .title {
          flex: 1 0 100%;
        }
        .title strong,
        .night {
          display: inline;
        }
        time {
          flex: 1;
        }
        lamp-control {
          order: 3;
        }
        .wide {
          display: none;
        }
        .offset dd,
        .age dd {
          min-width: 0;
        }
      }
    `,
  ];

  override render(): TemplateResult {
    const { board, now, person } = this.scene;
    const night = board.night === null ? null : nightDate(board.night, language());
    const version = board.version === null ? this.words.noVersion : this.words.version(board.version);
    return html`
      <time data-testid="clock" aria-label=${this.words.venueTime} role="timer" aria-live="off"
        >${wallTime(now, board.time_zone)}</time
      >
      <lamp-menu></lamp-menu>
      <div class="title cut">
        <strong class="cut">${this.text(board.title) || this.words.noNight}</strong>
        <span class="night">${night === null ? nothing : html`${night} · ${version}`}</span>
      </div>
      <lamp-control .scene=${this.scene}></lamp-control>
      ${this.#curfew()} ${this.#age()} ${this.#offset()}
      <dl class="who">
        <dt>${this.words.signedIn}</dt>
        <dd class="cut" data-testid="person">${person.name}</dd>
      </dl>
      <div class="tools">${this.#tools()}</div>
    `;
  }

  #curfew(): TemplateResult {
    const { board, now } = this.scene;
    const surface = nextCurfew(board, now);
    if (surface === null) return html`<dl class="curfew"><dt>${this.words.noCurfew}</dt></dl>`;
    const at = surface.curfew ?? 0;
    return html`<dl class="curfew">
      <dt>${this.words.curfew(surface.surface, wallMinute(at, board.time_zone))}</dt>
      <dd data-testid="curfew">${left(at - now)}</dd>
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

  #offset(): TemplateResult {
    const { measured } = this.scene;
    const known = measured !== null && measured.error !== null;
    return html`<dl class="offset" title=${this.words.offsetHelp}>
      <dt>${this.words.clockOffset}</dt>
      <dd data-testid="clock-offset">${known ? this.words.offset(...offset(measured.ahead, measured.error ?? 0)) : this.words.unmeasured}</dd>
    </dl>`;
  }

  #tools(): TemplateResult {
    const next = language() === "en" ? "ko" : "en";
    const { escape, canFill, person } = this.scene;
    const fill = escape === "free" ? this.words.fullScreen : this.words.leaveFullScreen;
    return html`<button data-testid="language" lang=${next} title=${this.words.otherLanguage} @click=${() => chooseLanguage(next)}>
        ${language() === "en" ? "한국어" : "English"}
      </button>
      ${canFill
        ? html`<button class="wide" data-testid="full-screen" aria-label=${fill} title=${fill} @click=${() => this.say("lamp-fill")}>
            <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4" /></svg>
          </button>`
        : nothing}
      <button data-testid="lock" ?hidden=${person.locked} @click=${() => this.say("lamp-lock")}>${this.words.lock} <kbd>L</kbd></button>
      <button class="wide" data-testid="keys" @click=${() => this.say("lamp-keys")}>${this.words.keys} <kbd>?</kbd></button>
      <button class="wide" data-testid="sign-out" @click=${() => this.say("lamp-sign-out")}>${this.words.signOut}</button>`;
  }
}

function round(length: number): number {
  return length < 10_000 ? Math.round(length / 100) * 100 : Math.round(length / 1000) * 1000;
}
