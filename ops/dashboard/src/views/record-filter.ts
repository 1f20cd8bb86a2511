import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";

import type { Surface } from "../board.ts";
import { Speaking } from "../part.ts";
import { shared } from "../style.ts";
import { type Group, GROUPS, kindsOf } from "./kinds.ts";

/** What of the record is wanted. Says `lamp-filter` with the choices: at once where one is chosen, by Enter where one is typed. */
@customElement("lamp-record-filter")
export class RecordFilter extends Speaking {
  static override styles = [
    shared,
    css`
      form {
        display: flex;
        flex-wrap: wrap;
        gap: 0.6em;
        align-items: end;
      }
      label {
        color: var(--muted);
        font-size: var(--small);
      }
      select,
      input {
        display: block;
        width: 100%;
        min-height: 2.5em;
        padding: 0.3em 0.6em;
        border: 1px solid var(--line);
        border-radius: 8px;
        background: var(--raised);
        color: var(--text);
        font: 400 var(--body) / 1.2 var(--font);
      }
      select:focus-visible {
        outline: 3px solid var(--choose);
        outline-offset: 2px;
      }
      .text {
        flex: 1 1 10em;
        max-width: 22em;
      }
      .by,
      .slot {
        flex: 0 1 9em;
      }
    `,
  ];

  @property({ attribute: false }) choices = new URLSearchParams();
  @property({ attribute: false }) surfaces: readonly Surface[] = [];
  @query("form") private form!: HTMLFormElement;

  override render(): TemplateResult {
    const { group } = kindsOf(this.choices.getAll("kind"));
    const surface = this.choices.get("surface") ?? "";
    return html`<form role="search" aria-label=${this.words.filter} @submit=${(event: Event) => this.#submit(event)} @change=${(event: Event) => this.#changed(event)}>
      <label>
        ${this.words.whatHappened}
        <select name="kind" data-testid="filter-kind">
          ${group === null ? html`<option value="" selected>${this.choices.getAll("kind").join(", ")}</option>` : nothing}
          ${(Object.keys(GROUPS) as Group[]).map((name) => html`<option value=${name} ?selected=${name === group}>${this.words.kinds[name]}</option>`)}
        </select>
      </label>
      <label>
        ${this.words.where}
        <select name="surface" data-testid="filter-surface">
          <option value="" ?selected=${surface === ""}>${this.words.allSurfaces}</option>
          ${this.surfaces.map((one) => html`<option value=${one.surface} ?selected=${one.surface === surface}>${this.text(one.title) || one.surface}</option>`)}
        </select>
      </label>
      <label class="slot">${this.words.slot}<input name="slot" data-testid="filter-slot" autocapitalize="none" .value=${this.choices.get("slot") ?? ""} /></label>
      <label class="by">${this.words.who}<input name="by" data-testid="filter-by" .value=${this.choices.get("by") ?? ""} /></label>
      <label class="text">${this.words.textIn}<input name="text" type="search" data-testid="filter-text" .value=${this.choices.get("text") ?? ""} /></label>
      <button data-testid="filter">${this.words.filter}</button>
    </form>`;
  }

  #changed(event: Event): void {
    if (event.target instanceof HTMLSelectElement) this.#tell();
  }

  #submit(event: Event): void {
    event.preventDefault();
    this.#tell();
  }

  #tell(): void {
    const given = new FormData(this.form);
    const choices = new URLSearchParams(this.choices);
    choices.delete("page");
    for (const name of ["kind", "surface", "slot", "by", "text"]) {
      const value = String(given.get(name) ?? "").trim();
      // Kinds that only the address named stay until others are chosen.
      if (name === "kind" && value === "") continue;
      choices.delete(name);
      if (value !== "" && value !== "sheet") choices.set(name, value);
    }
    this.say("lamp-filter", choices);
  }
}
