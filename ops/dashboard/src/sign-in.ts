import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import { signIn } from "./api.ts";
import { Speaking } from "./part.ts";
import { shared } from "./style.ts";
import { chooseLanguage, language } from "./words/index.ts";

/** Name and password; says `lamp-signed-in` with the person. */
@customElement("lamp-sign-in")
export class SignIn extends Speaking {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        place-items: center;
        min-height: 100dvh;
        padding: 16px;
      }
      form {
        display: grid;
        gap: 1.1em;
        width: min(400px, 100%);
        font-size: 17px;
      }
      h1 {
        display: flex;
        gap: 0.5em;
        align-items: center;
        margin: 0;
        color: var(--lamp);
        font-size: 2em;
        font-weight: 700;
        letter-spacing: -0.01em;
      }
      svg {
        width: 1.15em;
        height: 1.15em;
      }
      p {
        margin: -0.8em 0 0.4em;
        color: var(--muted);
      }
      label {
        color: var(--soft);
      }
      input {
        display: block;
        width: 100%;
        margin-top: 0.3em;
        padding: 0.7em 0.8em;
        border: 1px solid var(--line);
        border-radius: 8px;
        background: var(--panel);
        color: var(--text);
        font: inherit;
      }
      .main {
        min-height: 3.2em;
        border-color: var(--lamp);
        background: var(--lamp);
        color: #17130a;
      }
      .main:hover:not(:disabled) {
        background: #fff6df;
      }
      .wrong {
        margin: 0;
        color: var(--differs);
        font-weight: 600;
      }
      .language {
        justify-self: start;
        border-color: transparent;
        background: none;
        color: var(--muted);
        font-weight: 500;
      }
    `,
  ];

  /** A link that was sent brought somebody here, and no longer opens anything. */
  @property({ type: Boolean, attribute: "link-failed" }) linkFailed = false;
  @query("[name=name]") private nameField!: HTMLInputElement;
  @query("[name=password]") private passwordField!: HTMLInputElement;
  @state() private busy = false;
  /** A status, 0 for no answer, null for nothing wrong. */
  @state() private wrong: number | null = null;

  override render(): TemplateResult {
    const other = language() === "en" ? "ko" : "en";
    return html`<form @submit=${(event: Event) => void this.#submit(event)}>
      <h1>
        <svg viewBox="9 2 14 26" aria-hidden="true">
          <path d="M16 4c4 5 6 8 6 12a6 6 0 0 1-12 0c0-4 2-7 6-12z" fill="currentColor" />
          <path d="M11 26h10" stroke="currentColor" stroke-width="3" stroke-linecap="round" />
        </svg>
        Lamplighter
      </h1>
      <p>${this.words.tagline}</p>
      ${this.linkFailed ? html`<p class="wrong" role="alert" data-testid="link-failed">${this.words.linkFailed}</p>` : nothing}
      <label>
        ${this.words.name}
        <input name="name" data-testid="sign-in-name" autocomplete="username" autocapitalize="none" required autofocus />
      </label>
      <label>
        ${this.words.password}
        <input name="password" type="password" data-testid="sign-in-password" autocomplete="current-password" required />
      </label>
      <div role="alert">${this.wrong === null ? nothing : html`<p class="wrong" data-testid="sign-in-wrong">${this.#why(this.wrong)}</p>`}</div>
      <button class="main" data-testid="sign-in" ?disabled=${this.busy}>${this.busy ? this.words.signingIn : this.words.signIn}</button>
      <button
        class="language"
        type="button"
        data-testid="language"
        lang=${other}
        aria-label=${this.words.otherLanguage}
        @click=${() => chooseLanguage(other)}
      >
        ${other === "ko" ? "한국어" : "English"}
      </button>
    </form>`;
  }

  #why(status: number): string {
    if (status === 0 || status === 503) return this.words.cannotReach;
    if (status === 401 || status === 400) return this.words.wrongPassword;
    return status === 429 ? this.words.tooManyTries : this.words.signInFailed(status);
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    const person = await signIn(this.nameField.value, this.passwordField.value).catch(() => 0);
    this.busy = false;
    if (typeof person === "number") {
      this.wrong = person;
      this.passwordField.select();
      return;
    }
    this.say("lamp-signed-in", person);
  }
}
