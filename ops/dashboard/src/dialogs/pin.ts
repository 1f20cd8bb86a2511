import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import { lock, type Opens, unlock } from "../api.ts";
import { Dialog } from "./dialog.ts";

const SHAPE = /^[0-9]{4,12}$/;
type Wrong = "shape" | "pin" | number;

/** Locks the session by a PIN chosen now; unlocks it by that PIN, or by the person's password. */
@customElement("lamp-pin")
export class PinDialog extends Dialog {
  static override styles = [
    Dialog.styles,
    css`
      input {
        font-size: 1.5em;
        letter-spacing: 0.3em;
      }
      .by-password input {
        letter-spacing: normal;
      }
      .wrong {
        min-height: 1.4em;
        margin: 0;
        color: var(--differs);
        font-weight: 600;
      }
    `,
  ];

  @property({ type: Boolean }) locked = false;
  @query("input") private input!: HTMLInputElement;
  @state() private byPassword = false;
  @state() private wrong: Wrong | null = null;
  @state() private busy = false;

  /** Locked or unlocked meanwhile, from here or another page: what was asked is answered. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("locked") && this.hasUpdated) this.close();
  }

  protected content(): TemplateResult {
    const { words, locked, byPassword } = this;
    return html`<form class=${byPassword ? "by-password" : ""} @submit=${(event: Event) => void this.#submit(event)}>
      <h2 id="title">${locked ? words.unlockTitle : words.lockTitle}</h2>
      <p>${locked ? words.unlockHelp : words.lockHelp}</p>
      <label>
        ${byPassword ? words.password : words.pin}
        <input
          data-testid="pin"
          type="password"
          inputmode=${byPassword ? "text" : "numeric"}
          autocomplete=${byPassword ? "current-password" : "off"}
          maxlength=${byPassword ? 1000 : 12}
          autofocus
        />
      </label>
      <p class="wrong" role="alert" data-testid="pin-wrong">${this.wrong === null ? nothing : this.#why(this.wrong)}</p>
      <footer>
        <button type="button" data-testid="pin-cancel" @click=${() => this.close()}>${words.cancel}</button>
        ${locked
          ? html`<button type="button" data-testid="pin-other" @click=${() => this.#other()}>
              ${byPassword ? words.unlockByPin : words.unlockByPassword}
            </button>`
          : nothing}
        <button class="main" data-testid="pin-confirm" ?disabled=${this.busy}>${locked ? words.unlock : words.lockYes}${this.busy ? " …" : ""}</button>
      </footer>
    </form>`;
  }

  #why(wrong: Wrong): string {
    if (wrong === "shape") return this.words.pinShape;
    if (wrong === 429) return this.words.tooManyTries;
    if (wrong === 0 || wrong === 503) return this.words.cannotReach;
    return wrong === "pin" ? this.words.wrongPin : this.words.lockFailed(wrong);
  }

  #other(): void {
    this.byPassword = !this.byPassword;
    this.wrong = null;
    this.input.value = "";
    this.input.focus();
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const { value } = this.input;
    if (this.busy || value === "") return;
    if (!this.byPassword && !SHAPE.test(value)) return this.#fail("shape");
    this.busy = true;
    const { locked } = this;
    const by: Opens = this.byPassword ? { password: value } : { pin: value };
    const status = await (locked ? unlock(by) : lock(value));
    this.busy = false;
    if (status >= 200 && status < 300) {
      this.close();
      this.say("lamp-locked", !locked);
    } else this.#fail([400, 401, 403, 422].includes(status) ? "pin" : status);
  }

  #fail(wrong: Wrong): void {
    this.wrong = wrong;
    this.input.select();
  }

  protected override forget(): void {
    this.input.value = "";
    this.wrong = null;
    this.byPassword = false;
  }
}
