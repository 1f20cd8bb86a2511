import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";

import type { Board } from "../board.ts";
import { Speaking } from "../part.ts";
import "../rehearsal-band.ts";
import { shared } from "../style.ts";
import { short, wallTime } from "../times.ts";
import { automationOff } from "../told-off.ts";
import { chooseLanguage, language } from "../words/index.ts";
import "./nav.ts";
import type { View } from "./places.ts";

/** What stands around every view but Call: where one is, the venue's clock, and what nobody may miss. */
@customElement("lamp-frame")
export class Frame extends Speaking {
  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 100dvh;
      }
      header {
        display: flex;
        gap: calc(var(--gap) * 1.5);
        align-items: center;
        padding: 0 var(--gap);
        border-bottom: 1px solid var(--line);
        background: var(--panel);
        white-space: nowrap;
      }
      header > svg {
        flex: none;
        width: 1.3em;
        height: 1.3em;
        color: var(--lamp);
      }
      time {
        margin-left: auto;
        font-size: 1.25em;
        font-weight: 700;
      }
      .who {
        max-width: 14em;
        color: var(--soft);
      }
      header button {
        min-height: 2em;
        padding: 0.2em 0.7em;
      }
      main {
        display: flex;
        flex: 1;
        flex-direction: column;
        min-width: 0;
        padding: var(--gap) calc(var(--gap) * 1.5);
      }
      h1 {
        margin: 0 0 0.5em;
        font-size: var(--big);
        line-height: 1.2;
      }
      h1:focus {
        outline: none;
      }
      .unseen {
        position: absolute;
        width: 1px;
        height: 1px;
        margin: 0;
        overflow: hidden;
        clip-path: inset(50%);
        white-space: nowrap;
      }
      .band {
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
      .off {
        border-bottom: 2px solid var(--heed);
        background: #241b33;
        color: #e9ddff;
      }
      small {
        font-size: 0.8em;
        font-weight: 500;
      }
      :host([bare]) {
        background: #000;
      }
      :host([bare]) header {
        border-color: transparent;
        background: #000;
        opacity: 0.8;
      }
      :host([bare]) main {
        padding: 0;
      }
      :host([full]) header {
        display: none;
      }
      @media (max-width: 700px) {
        :host {
          padding-bottom: calc(54px + env(safe-area-inset-bottom));
        }
        :host([full]) {
          padding-bottom: 0;
        }
        header {
          min-height: 46px;
        }
        .who,
        header > svg {
          display: none;
        }
        time {
          margin-left: 0;
          margin-right: auto;
        }
      }
    `,
  ];

  @property() view: View = "clock";
  @property({ attribute: false }) board!: Board;
  /** Venue time; null hides the clock, where the view has its own. */
  @property({ attribute: false }) now: number | null = null;
  @property({ attribute: false }) silence: number | null = null;
  @property({ type: Boolean }) stale = false;
  @property({ type: Boolean }) connected = false;
  @property() name = "";
  /** Black, and nothing but the content to be looked at. */
  @property({ type: Boolean, reflect: true }) bare = false;
  @property({ type: Boolean, reflect: true }) full = false;

  @query("h1") private heading!: HTMLHeadingElement;

  /** Whoever came here by a link within the page begins at the heading. */
  arrive(): void {
    this.heading.focus({ preventScroll: true });
  }

  override render(): TemplateResult {
    return html`<header>
        <svg viewBox="9 2 14 26" aria-hidden="true">
          <path d="M16 4c4 5 6 8 6 12a6 6 0 0 1-12 0c0-4 2-7 6-12z" fill="currentColor" />
          <path d="M11 26h10" stroke="currentColor" stroke-width="3" stroke-linecap="round" />
        </svg>
        <lamp-nav .view=${this.view}></lamp-nav>
        ${this.now === null ? html`<time></time>` : this.#time(this.now)}
        <span class="who cut" data-testid="person">${this.name}</span>
        ${this.#language()}
        <button data-testid="sign-out" @click=${() => this.say("lamp-sign-out")}>${this.words.signOut}</button>
      </header>
      <lamp-rehearsal .board=${this.board}></lamp-rehearsal>
      <div role="alert">${this.stale ? this.#stale() : nothing}</div>
      <div role="status">
        ${this.board.stopped === null ? nothing : this.#stopped()}
        ${this.board.automation_off
          ? html`<p class="band off" data-testid="automation-off">${automationOff(this.board.automation_off, this.words, this.board.time_zone)}</p>`
          : nothing}
      </div>
      <main>
        <h1 tabindex="-1" class=${this.bare ? "unseen" : ""}>${this.words.view[this.view]}</h1>
        <slot></slot>
      </main>`;
  }

  #time(now: number): TemplateResult {
    const said = wallTime(now, this.board.time_zone);
    return html`<time class="number" role="timer" aria-live="off" aria-label=${this.words.venueTime} data-testid="clock">${said}</time>`;
  }

  /** The seconds are kept from screen readers: they would be said each second. */
  #stale(): TemplateResult {
    const age = this.silence === null ? "" : short(Math.floor(this.silence / 1000) * 1000);
    return html`<p class="band stale" data-testid="stale">
      ${this.silence === null ? this.words.notHeard : this.words.shownIsOld}
      <span class="number" aria-hidden="true">${age}</span>
      ${this.connected ? nothing : html`<small>${this.words.disconnected}</small>`}
    </p>`;
  }

  #stopped(): TemplateResult {
    const { by, at, reason } = this.board.stopped ?? { by: "", at: 0, reason: null };
    return html`<p class="band stopped" data-testid="stopped">
      ${this.words.stopped(by, wallTime(at, this.board.time_zone))}${reason ? html`: ${reason}` : nothing}
    </p>`;
  }

  #language(): TemplateResult {
    const next = language() === "en" ? "ko" : "en";
    return html`<button data-testid="language" lang=${next} title=${this.words.otherLanguage} @click=${() => chooseLanguage(next)}>
      ${next === "ko" ? "한국어" : "English"}
    </button>`;
  }
}
