import { html, type TemplateResult } from "lit";
import { customElement, query } from "lit/decorators.js";

import { Dialog } from "./dialog.ts";

/** A note of the caller's, for the record; Enter enters it. */
@customElement("lamp-note")
export class NoteDialog extends Dialog {
  @query("input") private input!: HTMLInputElement;

  protected content(): TemplateResult {
    return html`<form @submit=${(event: Event) => this.#enter(event)}>
      <h2 id="title">${this.words.noteTitle}</h2>
      <p>${this.words.noteHelp}</p>
      <label>
        ${this.words.noteTitle}
        <input data-testid="note-text" maxlength="500" autocomplete="off" autofocus required />
      </label>
      <footer>
        <button type="button" data-testid="note-cancel" @click=${() => this.close()}>${this.words.cancel}</button>
        <button class="main" data-testid="note-save">${this.words.noteSave}</button>
      </footer>
    </form>`;
  }

  /** An Enter that only ends a syllable being written (Hangul) sends no form: the browser sees to it. */
  #enter(event: Event): void {
    event.preventDefault();
    const note = this.input.value.trim();
    if (note === "") return;
    this.close();
    this.say("lamp-note-written", note);
  }

  protected override forget(): void {
    this.input.value = "";
  }
}
