import { html, type TemplateResult } from "lit";
import { customElement, query } from "lit/decorators.js";

import { Dialog } from "./dialog.ts";

/** Automation off: by name, with a reason that every screen then shows. */
@customElement("lamp-automation")
export class AutomationDialog extends Dialog {
  @query("input") private input!: HTMLInputElement;

  protected content(): TemplateResult {
    return html`<form @submit=${(event: Event) => this.#enter(event)}>
      <h2 id="title">${this.words.automationOffTitle}</h2>
      <p>${this.words.automationOffHelp}</p>
      <label>
        ${this.words.reason}
        <input data-testid="automation-reason" maxlength="200" autocomplete="off" autofocus required placeholder=${this.words.automationReasonHint} />
      </label>
      <footer>
        <button type="button" data-testid="automation-cancel" @click=${() => this.close()}>${this.words.cancel}</button>
        <button class="main" data-testid="automation-confirm">${this.words.automationOffCall}</button>
      </footer>
    </form>`;
  }

  #enter(event: Event): void {
    event.preventDefault();
    const reason = this.input.value.trim();
    if (reason === "") return;
    this.close();
    this.say("lamp-automation-off", reason);
  }

  protected override forget(): void {
    this.input.value = "";
  }
}
