import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, query } from "lit/decorators.js";

import type { Line } from "../board.ts";
import { Part } from "../part.ts";
import { shared } from "../style.ts";
import { wallTime } from "../times.ts";

/** The last lines as they ran, newest at the bottom. */
@customElement("lamp-lines")
export class Lines extends Part {
  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 0.35em;
        min-height: 7em;
      }
      ol {
        flex: 1 1 0;
        min-height: 5em;
        padding: 0.3em 0;
        overflow: auto;
        border-radius: 8px;
        background: var(--panel);
        font-size: var(--small);
        line-height: 1.35;
        scrollbar-width: thin;
        scrollbar-color: var(--line) transparent;
      }
      li {
        display: grid;
        grid-template-columns: auto auto 1fr;
        gap: 0.6em;
        padding: 0.12em 0.7em;
      }
      time {
        color: var(--muted);
      }
      b {
        min-width: 1.6em;
        font-weight: 600;
      }
      .by {
        color: var(--muted);
      }
      .refused {
        color: var(--differs);
      }
      .note span:last-child {
        color: var(--lamp);
      }
      @media (max-width: 700px) {
        ol {
          flex: none;
          max-height: 16em;
        }
      }
    `,
  ];

  @query("[data-testid=lines]") private list!: HTMLOListElement;
  #last: Line | undefined;
  readonly #resized = new ResizeObserver(() => this.#follow());

  override render(): TemplateResult {
    const { lines } = this.scene.board;
    return html`<h2 id="lines">${this.words.lines}</h2>
      <ol tabindex="0" aria-labelledby="lines" data-testid="lines">
        ${lines.length === 0 ? html`<li class="by">${this.words.noLines}</li>` : lines.map((line) => this.#line(line))}
      </ol>`;
  }

  #line(line: Line): TemplateResult {
    const text = this.text(line.texts) || line.text;
    return html`<li class=${line.kind} data-kind=${line.kind}>
      <time class="number">${wallTime(line.at, this.scene.board.time_zone)}</time>
      <b class="number">${line.cue ?? ""}</b>
      <span>${text}${line.by && !text.includes(line.by) ? html` <span class="by">${line.by}</span>` : nothing}</span>
    </li>`;
  }

  protected override updated(_: PropertyValues): void {
    const newest = this.scene.board.lines.at(-1);
    if (newest === this.#last) return;
    this.#last = newest;
    this.#follow();
  }

  protected override firstUpdated(): void {
    this.#resized.observe(this.list);
  }

  #follow(): void {
    this.list.scrollTop = this.list.scrollHeight;
  }
}
