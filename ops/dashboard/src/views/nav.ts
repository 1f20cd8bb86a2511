import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { Speaking } from "../part.ts";
import { shared } from "../style.ts";
import { address, type View, VIEWS } from "./places.ts";

/** Links to the views: a row, and on a phone a bar under the thumb. */
@customElement("lamp-nav")
export class Nav extends Speaking {
  static override styles = [
    shared,
    css`
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 2px;
      }
      a {
        display: grid;
        place-items: center;
        min-height: 2.4em;
        padding: 0 0.8em;
        border-bottom: 3px solid transparent;
        border-radius: 6px 6px 0 0;
        color: var(--soft);
        font-weight: 600;
        text-decoration: none;
        touch-action: manipulation;
      }
      a:hover {
        color: var(--text);
        background: var(--raised);
      }
      a[aria-current] {
        border-color: var(--lamp);
        color: var(--lamp);
      }
      a:focus-visible {
        outline: 3px solid var(--choose);
        outline-offset: -3px;
      }
      @media (max-width: 700px) {
        :host {
          position: fixed;
          inset: auto 0 0;
          z-index: 2;
          padding-bottom: env(safe-area-inset-bottom);
          border-top: 1px solid var(--line);
          background: var(--panel);
        }
        ul {
          flex-wrap: nowrap;
          gap: 0;
        }
        li {
          flex: 1 1 auto;
        }
        a {
          min-height: 52px;
          padding: 0 3px;
          border-bottom: 0;
          border-top: 3px solid transparent;
          border-radius: 0;
          font-size: 12.5px;
        }
      }
    `,
  ];

  @property() view: View = "call";

  override render(): TemplateResult {
    return html`<nav aria-label=${this.words.menu} data-testid="views">
      <ul>
        ${VIEWS.map(
          (view) => html`<li>
            <a href=${address(view)} data-view=${view} aria-current=${view === this.view ? "page" : nothing}
              >${this.words.view[view]}</a
            >
          </li>`,
        )}
      </ul>
    </nav>`;
  }
}
