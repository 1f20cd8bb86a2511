import { css, html, type TemplateResult } from "lit";
import { customElement, query } from "lit/decorators.js";

import { Dialog } from "../dialogs/dialog.ts";
import { Speaking } from "../part.ts";
import { shared } from "../style.ts";
import { address, VIEWS } from "./places.ts";

/** The way to the other views from Call: a dialog, so that no key calls anything meanwhile. */
@customElement("lamp-views-dialog")
export class ViewsDialog extends Dialog {
  static override styles = [
    Dialog.styles,
    css`
      ul {
        display: grid;
        gap: 0.5em;
      }
      a {
        display: block;
        padding: 0.6em 0.9em;
        border: 1px solid var(--line);
        border-radius: 8px;
        background: var(--raised);
        color: var(--text);
        text-decoration: none;
      }
      a:hover {
        border-color: var(--muted);
      }
      a:focus-visible {
        outline: 3px solid var(--choose);
        outline-offset: 2px;
      }
      small {
        display: block;
        color: var(--soft);
        font-size: 0.85em;
      }
    `,
  ];

  protected content(): TemplateResult {
    return html`<h2 id="title">${this.words.menu}</h2>
      <ul data-testid="views">
        ${VIEWS.filter((view) => view !== "call").map(
          (view) => html`<li>
            <a href=${address(view)} data-view=${view}>
              <b>${this.words.view[view]}</b><small>${this.words.viewHelp[view]}</small>
            </a>
          </li>`,
        )}
      </ul>
      <footer>
        <button class="main" autofocus data-testid="menu-close" @click=${() => this.close()}>${this.words.close}</button>
      </footer>`;
  }
}

/** The button that opens it. */
@customElement("lamp-menu")
export class Menu extends Speaking {
  static override styles = [
    shared,
    css`
      button {
        min-height: 2.1em;
        padding: 0.2em 0.6em;
      }
    `,
  ];

  @query("lamp-views-dialog") private dialog!: ViewsDialog;

  override render(): TemplateResult {
    return html`<button data-testid="menu" aria-haspopup="dialog" aria-label=${this.words.openMenu} @click=${() => this.dialog.show()}>
        ☰
      </button>
      <lamp-views-dialog></lamp-views-dialog>`;
  }
}
