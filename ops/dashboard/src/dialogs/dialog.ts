import { css, type CSSResultGroup, html, type TemplateResult } from "lit";
import { query } from "lit/decorators.js";

import { Speaking } from "../part.ts";
import { shared } from "../style.ts";

/** A question that must be answered before anything else; Esc and Cancel are always no. */
export abstract class Dialog extends Speaking {
  static override styles: CSSResultGroup = [
    shared,
    css`
      :host {
        display: contents;
      }
      dialog {
        width: min(620px, calc(100vw - 24px));
        max-height: calc(100dvh - 24px);
        padding: 1.6em;
        border: 1px solid var(--muted);
        border-radius: 16px;
        background: var(--panel);
        box-shadow: 0 24px 90px #000;
        color: var(--text);
        font-size: clamp(15px, 1.05vw, 20px);
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 72%);
      }
      h2 {
        margin-bottom: 0.5em;
        color: var(--text);
        font-size: 1.6em;
        line-height: 1.2;
        letter-spacing: 0;
      }
      p {
        margin-bottom: 0.8em;
        color: var(--soft);
      }
      label {
        display: block;
        margin: 1em 0 0.8em;
        color: var(--soft);
      }
      input {
        display: block;
        width: 100%;
        margin-top: 0.3em;
        padding: 0.6em 0.7em;
        border: 1px solid var(--muted);
        border-radius: 8px;
        background: var(--ground);
        color: var(--text);
        font: inherit;
      }
      footer {
        display: flex;
        flex-wrap: wrap;
        gap: 0.7em;
        align-items: stretch;
        margin-top: 1.4em;
      }
      footer button {
        min-height: 3em;
      }
      .main {
        flex: 1;
        border-color: var(--lamp);
        background: var(--lamp);
        color: #17130a;
      }
      .main:hover:not(:disabled) {
        background: #fff6df;
      }
    `,
  ];

  @query("dialog") protected box!: HTMLDialogElement;

  static readonly #shown = new Set<HTMLDialogElement>();

  /** True while any dialog of the page is open: the page's keys are then dead. */
  static get open(): boolean {
    return [...Dialog.#shown].some((box) => box.open);
  }

  show(): void {
    if (this.box.open) return;
    Dialog.#shown.add(this.box);
    this.box.showModal();
  }

  protected close(): void {
    this.box.close();
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="title" @close=${() => this.#closed()}>${this.content()}</dialog>`;
  }

  protected abstract content(): TemplateResult;

  /** What a dialog forgets when it closes. */
  protected forget(): void {
    return;
  }

  #closed(): void {
    Dialog.#shown.delete(this.box);
    this.forget();
  }
}
