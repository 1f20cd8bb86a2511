import { css, html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { Dialog } from "./dialog.ts";

/** The list of keys. */
@customElement("lamp-keys")
export class KeysDialog extends Dialog {
  static override styles = [
    Dialog.styles,
    css`
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 0.7em 1.2em;
        align-items: baseline;
      }
      kbd {
        font-size: 0.9em;
        opacity: 1;
      }
    `,
  ];

  protected content(): TemplateResult {
    const keys: [string, string][] = [
      ["Space", this.words.keyGo],
      ["H", this.words.keyHold],
      ["Esc", this.words.keyFade],
      ["↑ ↓", this.words.keyArrows],
      ["Enter", this.words.keyEnter],
      ["?", this.words.keyHelp],
    ];
    return html`<h2 id="title">${this.words.keysTitle}</h2>
      <dl data-testid="keys-list">
        ${keys.map(([key, does]) => html`<dt><kbd>${key}</kbd></dt><dd>${does}</dd>`)}
      </dl>
      <footer>
        <button class="main" autofocus data-testid="keys-close" @click=${() => this.close()}>${this.words.close}</button>
      </footer>`;
  }
}
