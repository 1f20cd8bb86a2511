import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import { Dialog } from "./dialog.ts";

/** What is to be confirmed; words are made when shown, so that they follow the language. */
export interface Question {
  title: () => string;
  help: () => string;
  yes: () => string;
  testid: string;
  then: () => void;
}

/** A question with one yes that names what it does. */
@customElement("lamp-confirm")
export class ConfirmDialog extends Dialog {
  @state() private question: Question | null = null;

  ask(question: Question): void {
    this.question = question;
    this.show();
  }

  protected content(): TemplateResult {
    const { question } = this;
    if (question === null) return html`${nothing}`;
    return html`<h2 id="title">${question.title()}</h2>
      <p>${question.help()}</p>
      <footer>
        <button autofocus @click=${() => this.close()}>${this.words.cancel}</button>
        <button class="main" data-testid=${question.testid} @click=${() => this.#yes(question)}>${question.yes()}</button>
      </footer>`;
  }

  #yes(question: Question): void {
    this.close();
    question.then();
  }
}
