import { css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { Escape } from "../escape.ts";
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
        white-space: nowrap;
        opacity: 1;
      }
      .escape {
        margin: 1em 0 0;
      }
    `,
  ];

  @property() escape: Escape = "free";

  protected content(): TemplateResult {
    const keys: [string, string][] = [
      ["Space", this.words.keyGo],
      ["↑ ↓", this.words.keyArrows],
      ["0–9 .", this.words.keyNumber],
      ["Enter", this.words.keyEnter],
      ["J K", this.words.keyBackSkip],
      ["V", this.words.keyLeave],
      ["H", this.words.keyHold],
      ["N", this.words.keyNote],
      ["L", this.words.keyLock],
      ["Esc", this.words.keyFade],
      ["?", this.words.keyHelp],
    ];
    return html`<h2 id="title">${this.words.keysTitle}</h2>
      <dl data-testid="keys-list">
        ${keys.map(([key, does]) => html`<dt><kbd>${key}</kbd></dt><dd>${does}</dd>`)}
      </dl>
      <p class="escape" data-testid="keys-escape">${this.words.escape[this.escape]}</p>
      <footer>
        <button class="main" autofocus data-testid="keys-close" @click=${() => this.close()}>${this.words.close}</button>
      </footer>`;
  }
}
