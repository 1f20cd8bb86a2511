import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { Speaking } from "../part.ts";
import { shared } from "../style.ts";
import { nightDate } from "../times.ts";
import { language } from "../words/index.ts";
import { nights, type NightSummary } from "./fetching.ts";

/** Which night: the one before, the one after, or any of a list. Says `lamp-night` with its date. */
@customElement("lamp-night-chooser")
export class NightChooser extends Speaking {
  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5em;
        align-items: end;
      }
      label {
        color: var(--muted);
        font-size: var(--small);
      }
      select {
        display: block;
        min-height: 2.5em;
        max-width: 100%;
        padding: 0.3em 0.6em;
        border: 1px solid var(--line);
        border-radius: 8px;
        background: var(--raised);
        color: var(--text);
        font: 600 var(--body) / 1.2 var(--font);
      }
      select:focus-visible {
        outline: 3px solid var(--choose);
        outline-offset: 2px;
      }
    `,
  ];

  /** The night shown, and the one that is tonight. */
  @property() night: string | null = null;
  @property() tonight: string | null = null;
  @state() private known: NightSummary[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#fetch();
  }

  override render(): TemplateResult {
    const dates = this.#dates();
    const at = dates.indexOf(this.night ?? "");
    return html`<button
        data-testid="night-before"
        ?disabled=${at <= 0}
        aria-label=${this.words.nightBefore}
        @click=${() => this.#choose(dates[at - 1])}
      >
        ‹
      </button>
      <label>
        ${this.words.whichNight}
        <select data-testid="night" @change=${(event: Event) => this.#choose((event.target as HTMLSelectElement).value)}>
          ${dates.map((date) => html`<option value=${date} ?selected=${date === this.night}>${this.#named(date)}</option>`)}
        </select>
      </label>
      <button
        data-testid="night-after"
        ?disabled=${at === -1 || at === dates.length - 1}
        aria-label=${this.words.nightAfter}
        @click=${() => this.#choose(dates[at + 1])}
      >
        ›
      </button>
      ${this.tonight !== null && this.night !== this.tonight
        ? html`<button data-testid="tonight" @click=${() => this.#choose(this.tonight ?? "")}>${this.words.tonight}</button>`
        : nothing}`;
  }

  #dates(): string[] {
    const shown = [this.night, this.tonight].filter((date) => date !== null && date !== "");
    return [...new Set([...this.known.map((one) => one.night), ...shown])].map(String).toSorted();
  }

  #named(date: string): string {
    const said = nightDate(date, language());
    return date === this.tonight ? this.words.thatIsTonight(said) : said;
  }

  #choose(date: string | undefined): void {
    if (date !== undefined) this.say("lamp-night", date);
  }

  async #fetch(): Promise<void> {
    const found = await nights();
    if ("value" in found) this.known = found.value;
  }
}
