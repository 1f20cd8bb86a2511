import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import type { Board } from "../board.ts";
import { shared } from "../style.ts";
import { left, wallTime } from "../times.ts";
import { Awake } from "./awake.ts";
import { chooser } from "./chooser-style.ts";
import { address, chosen } from "./places.ts";
import { departments, standingBy, type Told, toldTo } from "./told.ts";
import { aging, LiveView } from "./view.ts";

/** How many of the words that were said are still shown. */
const SAID = 12;

/** What is said to me: for a hand that holds a phone and has other things to do. */
@customElement("lamp-department-view")
export class DepartmentView extends LiveView {
  static override styles = [
    shared,
    aging,
    chooser,
    css`
      .ages {
        display: grid;
        gap: calc(var(--gap) * 1.5);
        width: min(100%, 1100px);
        font-size: clamp(16px, 1.2vw, 22px);
      }
      h2 {
        margin-bottom: 0.4em;
        font-size: 0.85em;
      }
      li.told {
        padding: 0.6em 0.8em;
        border-radius: 8px;
        background: var(--panel);
      }
      li.told + li.told {
        margin-top: 0.4em;
      }
      li.now {
        border: 3px solid var(--lamp);
        background: #2b2718;
      }
      .say {
        display: block;
        font-size: 1.35em;
        font-weight: 600;
        line-height: 1.2;
        overflow-wrap: anywhere;
      }
      .now .say {
        font-size: clamp(30px, 8vw, 76px);
        font-weight: 700;
      }
      .when {
        color: var(--lamp);
        font-weight: 700;
      }
      .of {
        color: var(--soft);
      }
      .said {
        color: var(--soft);
        font-size: 0.9em;
      }
      .said li {
        display: grid;
        grid-template-columns: 5em 1fr;
        gap: 0.6em;
        padding: 0.25em 0;
      }
      .said .none {
        display: block;
      }
      .standby {
        padding: 0.6em 0.8em;
        border: 1px solid var(--line);
        border-radius: 8px;
      }
      .standby b {
        font-size: 1.2em;
      }
      footer {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5em 1.2em;
        align-items: center;
        color: var(--muted);
        font-size: 0.85em;
      }
    `,
  ];

  protected readonly view = "department";
  readonly #awake = new Awake(() => this.requestUpdate());
  #ofBoard: Board | null = null;
  #known: string[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#awake.begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#awake.end();
  }

  protected content(): TemplateResult {
    const mine = this.choices.getAll("to");
    return html`<div class="ages">${mine.length === 0 ? this.#choose() : this.#told(mine)}</div>`;
  }

  #choose(): TemplateResult {
    const found = this.#departments();
    if (found.length === 0) return html`<p role="status">${this.words.nobodyIsTold}</p>`;
    return html`<section aria-labelledby="whom">
      <h2 id="whom">${this.words.whichDepartment}</h2>
      ${this.#links([])}
    </section>`;
  }

  #links(mine: readonly string[]): TemplateResult {
    const current = (to: string) => mine.some((one) => one.toLocaleLowerCase() === to.toLocaleLowerCase());
    return html`<nav aria-label=${this.words.whichDepartment} data-testid="departments">
      <ul class="chooser">
        ${this.#departments().map(
          (to) => html`<li>
            <a class="choice" href=${address("department", chosen(this.choices, "to", to))} aria-current=${current(to) ? "true" : "false"}
              >${to}</a
            >
          </li>`,
        )}
      </ul>
    </nav>`;
  }

  #told(mine: readonly string[]): TemplateResult {
    const { coming, said } = toldTo(this.board, mine);
    const now = coming.filter(({ when }) => when === "now");
    const later = coming.filter(({ when }) => when !== "now");
    return html`<div role="status">
        <ul data-testid="told-now">${now.map((one) => html`<li class="told now"><span class="say">${one.say}</span> ${this.#of(one, this.words.saidNow)}</li>`)}</ul>
      </div>
      ${this.#standby()}
      <section aria-labelledby="next">
        <h2 id="next">${this.words.nextToYou(mine.join(", "))}</h2>
        <ol data-testid="told-next">
          ${later.length === 0 ? html`<li class="told of">${this.words.nothingToYou}</li>` : later.map((one) => this.#later(one))}
        </ol>
      </section>
      <section aria-labelledby="said">
        <h2 id="said">${this.words.saidToYou}</h2>
        <ol class="said" data-testid="told-said">
          ${said.length === 0 ? html`<li class="none">${this.words.nothingSaid}</li>` : said.slice(0, SAID).map((one) => this.#said(one))}
        </ol>
      </section>
      <footer>${this.#links(mine)} <span data-testid="awake">${this.#awake.holds ? this.words.staysAwake : this.words.mayGoDark}</span></footer>`;
  }

  #standby(): TemplateResult | typeof nothing {
    const found = standingBy(this.board);
    if (found.length === 0) return nothing;
    return html`<section class="standby" aria-labelledby="standby">
      <h2 id="standby">${this.words.standingBy}</h2>
      ${found.map(({ cue }) => html`<p data-testid="told-standby"><b class="number">${cue.number}</b> <b>${this.text(cue.name)}</b>${cue.on ? html`<br /><span class="of">${this.words.waitsFor}: ${cue.on}</span>` : nothing}</p>`)}
    </section>`;
  }

  #later(one: Told): TemplateResult {
    return html`<li class="told" data-when=${one.when}><span class="say">${one.say}</span> ${this.#of(one, this.#when(one))}</li>`;
  }

  #of(one: Told, when: string): TemplateResult {
    return html`<span class="number when">${when}</span> <span class="of">· ${one.cue} ${this.text(one.name)}</span>`;
  }

  #when(one: Told): string {
    if (one.when === "timed" && one.at !== null) return this.words.inSpan(left(Math.max(0, one.at - this.now)));
    return one.when === "with" ? this.words.withGo(one.go ?? "") : this.words.afterGo(one.go ?? "");
  }

  #said(one: Told): TemplateResult {
    return html`<li><span class="number">${one.at === null ? "" : wallTime(one.at, this.board.time_zone)}</span><span>${one.say}</span></li>`;
  }

  #departments(): string[] {
    if (this.#ofBoard !== this.board) this.#known = departments(this.board);
    this.#ofBoard = this.board;
    return this.#known;
  }
}
