import { css, html, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";

import { Dialog } from "./dialog.ts";

const HELD = 1000;
const ARMED = 4000;

/** The guard of SHOW STOP: the words are held for a second, or pressed twice with a reason. */
@customElement("lamp-show-stop")
export class ShowStopDialog extends Dialog {
  static override styles = [
    Dialog.styles,
    css`
      dialog {
        border: 2px solid var(--differs);
      }
      .stop {
        position: relative;
        flex: 1;
        min-width: 14em;
        min-height: 4.4em;
        overflow: hidden;
        border: 2px solid var(--differs);
        background: #3a1210;
        color: #ffe3e0;
        font-size: 1.1em;
        font-weight: 800;
      }
      .stop:active:not(:disabled) {
        background: #3a1210;
      }
      .fill {
        position: absolute;
        inset: 0;
        background: #b3261c;
        transform: scaleX(0);
        transform-origin: left;
      }
      .held .fill {
        transform: scaleX(1);
        transition: transform 1s linear;
      }
      .stop span:last-child {
        position: relative;
      }
      small {
        display: block;
        margin-top: 0.8em;
        color: var(--muted);
      }
      @media (prefers-reduced-motion: reduce) {
        .held .fill {
          transform: scaleX(1);
          opacity: 0.5;
        }
      }
    `,
  ];

  @query("input") private input!: HTMLInputElement;
  @state() private held = false;
  @state() private armed = false;
  #holding = 0;
  #disarming = 0;

  protected content(): TemplateResult {
    return html`<h2 id="title">${this.words.showStopTitle}</h2>
      <p>${this.words.showStopHelp}</p>
      <label>
        ${this.words.reason}
        <input data-testid="show-stop-reason" maxlength="200" autocomplete="off" placeholder=${this.words.reasonHint} />
      </label>
      <p>${this.words.holdOrTwice}</p>
      <footer>
        <button data-testid="show-stop-cancel" @click=${() => this.close()}>${this.words.cancel}</button>
        <button
          class="stop ${this.held ? "held" : ""}"
          data-testid="show-stop-confirm"
          autofocus
          @pointerdown=${(event: PointerEvent) => event.button === 0 && this.#press()}
          @pointerup=${() => this.#release()}
          @pointerleave=${() => this.#release()}
          @pointercancel=${() => this.#release()}
          @keydown=${(event: KeyboardEvent) => isPress(event) && !event.repeat && this.#press()}
          @keyup=${(event: KeyboardEvent) => isPress(event) && this.#release()}
          @blur=${() => this.#release()}
          @contextmenu=${(event: Event) => event.preventDefault()}
          @click=${() => this.#click()}
        >
          <span class="fill"></span>
          <span>${this.armed ? this.words.pressAgainToStop : this.words.holdToStop}</span>
        </button>
      </footer>
      <small>${this.words.showStopNotSafety}</small>`;
  }

  #press(): void {
    this.held = true;
    window.clearTimeout(this.#holding);
    this.#holding = window.setTimeout(() => this.#stop(), HELD);
  }

  #release(): void {
    this.held = false;
    window.clearTimeout(this.#holding);
  }

  #click(): void {
    if (!this.box.open || this.#reason() === "") return;
    if (this.armed) {
      this.#stop();
      return;
    }
    this.armed = true;
    window.clearTimeout(this.#disarming);
    this.#disarming = window.setTimeout(() => (this.armed = false), ARMED);
  }

  #reason(): string {
    return this.input.value.trim();
  }

  #stop(): void {
    const reason = this.#reason() || this.words.noReason;
    this.close();
    this.say("lamp-show-stop-confirmed", reason);
  }

  protected override forget(): void {
    this.#release();
    window.clearTimeout(this.#disarming);
    this.armed = false;
    this.input.value = "";
  }
}

function isPress(event: KeyboardEvent): boolean {
  return event.code === "Enter" || event.code === "NumpadEnter" || event.code === "Space";
}
