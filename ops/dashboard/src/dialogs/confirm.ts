import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import { Dialog } from "./dialog.ts";

/** What is to be confirmed; words are made when shown, so that they follow the language. */
export interface Question {
  title: () => string;
  help: () => string;
  yes: () => string;
  testid: string;
  then: () => void;
  /** Why it is asked once more, where it is. */
  again?: (() => string) | undefined;
}

/** A question with one yes that names what it does; asked twice where it says why. */
@customElement("lamp-confirm")
export class ConfirmDialog extends Dialog {
  static override styles = [
    Dialog.styles,
    css`
      .again {
        padding: 0.6em 0.8em;
        border: 2px solid var(--differs);
        border-radius: 8px;
        background: #3a1210;
        color: #ffe3e0;
        font-weight: 700;
      }
    `,
  ];

  @state() private question: Question | null = null;
  @state() private once = false;

  ask(question: Question): void {
    this.question = question;
    this.once = false;
    this.show();
  }

  protected content(): TemplateResult {
    const { question } = this;
    if (question === null) return html`${nothing}`;
    const again = this.once && question.again ? html`<p class="again" role="alert" data-testid="again">${question.again()}</p>` : nothing;
    return html`<h2 id="title">${question.title()}</h2>
      <p>${question.help()}</p>
      ${again}
      <footer>
        <button autofocus data-testid="confirm-cancel" @click=${() => this.close()}>${this.words.cancel}</button>
        <button class="main" data-testid=${question.testid} @click=${() => this.#yes(question)}>
          ${again === nothing ? question.yes() : this.words.onceMore(question.yes())}
        </button>
      </footer>`;
  }

  #yes(question: Question): void {
    if (question.again && !this.once) {
      this.once = true;
      return;
    }
    this.close();
    question.then();
  }
}
