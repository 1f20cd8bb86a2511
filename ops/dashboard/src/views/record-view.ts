import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";

import { shared } from "../style.ts";
import { language } from "../words/index.ts";
import { csvAddress, entries, type Fetched, type RecordPage } from "./fetching.ts";
import { pageOf, recordQuery, ROWS } from "./kinds.ts";
import "./night-chooser.ts";
import "./record-filter.ts";
import "./record-table.ts";
import { LiveView } from "./view.ts";

/** What really happened on a night: filtered, page by page, in words, and as a table to take away. */
@customElement("lamp-record-view")
export class RecordView extends LiveView {
  static override styles = [
    shared,
    css`
      .head,
      .foot {
        display: flex;
        flex-wrap: wrap;
        gap: calc(var(--gap) * 1.2);
        align-items: end;
      }
      .foot {
        gap: 0.6em;
        align-items: center;
        margin: var(--gap) 0;
      }
      .count {
        flex: 1;
      }
      .count:focus {
        outline: none;
      }
      lamp-record-filter {
        flex: 1 1 20em;
      }
      a.csv {
        display: inline-flex;
        align-items: center;
        min-height: 2.5em;
        padding: 0 0.9em;
        border: 1px solid var(--line);
        border-radius: 8px;
        background: var(--raised);
        color: var(--text);
        font-weight: 600;
        text-decoration: none;
      }
      a.csv:hover {
        border-color: var(--muted);
      }
      a.csv:focus-visible {
        outline: 3px solid var(--choose);
        outline-offset: 2px;
      }
    `,
  ];

  protected readonly view = "record";
  @state() private fetched: Fetched<RecordPage> | null = null;
  @state() private busy = false;
  @query(".count") private counted!: HTMLElement;
  #asked = "";

  /** The record is what it is, whether or not the player is heard. */
  protected override get isLive(): boolean {
    return false;
  }

  get #date(): string | null {
    return this.choices.get("night") ?? this.board.night;
  }

  override updated(changed: PropertyValues): void {
    super.updated(changed);
    const asked = `${this.#date} ${recordQuery(this.choices)} ${pageOf(this.choices)}`;
    if (this.#date === null || asked === this.#asked) return;
    this.#asked = asked;
    void this.#fetch();
  }

  protected content(): TemplateResult {
    return html`<div class="head">
        <lamp-night-chooser
          .night=${this.#date}
          .tonight=${this.board.night}
          @lamp-night=${(event: CustomEvent<string>) => this.#other("night", event.detail)}
        ></lamp-night-chooser>
        <lamp-record-filter
          .choices=${this.choices}
          .surfaces=${this.board.surfaces}
          @lamp-filter=${(event: CustomEvent<URLSearchParams>) => this.say("lamp-choose", event.detail)}
        ></lamp-record-filter>
      </div>
      ${this.#date === null ? html`<p class="foot" role="status">${this.words.noNightLoaded}</p>` : this.#record(this.#date)}`;
  }

  #record(date: string): TemplateResult {
    const page = this.fetched !== null && "value" in this.fetched ? this.fetched.value : null;
    return html`<div class="foot">
        <span class="count number" role="status" tabindex="-1" data-testid="count">${this.#said()}</span>
        <button data-testid="renew" ?disabled=${this.busy} @click=${() => void this.#fetch()}>${this.words.renew}</button>
        <a class="csv" data-testid="csv" download href=${csvAddress(date, recordQuery(this.choices), language())}>${this.words.csv}</a>
      </div>
      ${page === null ? nothing : html`<lamp-record-table .entries=${page.entries} .zone=${this.board.time_zone}></lamp-record-table> ${this.#pages(page)}`}`;
  }

  #said(): string {
    if (this.fetched === null) return this.words.loading;
    if ("failed" in this.fetched) return this.words.cannotFetch;
    const { count, entries: shown } = this.fetched.value;
    if (count === 0) return this.words.nothingRecorded;
    const number = new Intl.NumberFormat(language());
    const first = (pageOf(this.choices) - 1) * ROWS;
    return this.words.entriesOf(number.format(first + 1), number.format(first + shown.length), number.format(count));
  }

  #pages(page: RecordPage): TemplateResult | typeof nothing {
    const at = pageOf(this.choices);
    const last = Math.max(1, Math.ceil(page.count / ROWS));
    if (last === 1) return nothing;
    return html`<nav class="foot" aria-label=${this.words.pages}>
      <button data-testid="page-before" ?disabled=${at <= 1} @click=${() => this.#turn(at - 1)}>‹ ${this.words.pageBefore}</button>
      <span class="number">${this.words.pageOf(String(at), String(last))}</span>
      <button data-testid="page-after" ?disabled=${at >= last} @click=${() => this.#turn(at + 1)}>${this.words.pageAfter} ›</button>
    </nav>`;
  }

  /** The new page begins at its top, for eyes and for whoever listens. */
  #turn(page: number): void {
    this.choose("page", page === 1 ? "" : String(page));
    this.counted.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }

  #other(name: string, value: string): void {
    const choices = new URLSearchParams(this.choices);
    choices.delete("page");
    choices.set(name, value);
    this.say("lamp-choose", choices);
  }

  async #fetch(): Promise<void> {
    const asked = this.#asked;
    const date = this.#date;
    if (date === null) return;
    this.busy = true;
    const found = await entries(date, recordQuery(this.choices), ROWS, (pageOf(this.choices) - 1) * ROWS);
    if (asked !== this.#asked) return;
    this.busy = false;
    this.fetched = found;
  }
}
