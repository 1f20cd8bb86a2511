import { css, html, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";

import type { Person } from "../api.ts";
import type { Board, Surface } from "../board.ts";
import { type LocalTime, localTime, STALE_AFTER, type VenueClock } from "../clock.ts";
import { Speaking } from "../part.ts";
import type { Frame } from "./frame.ts";
import "./frame.ts";
import { chosen, type View } from "./places.ts";

/** Fifths of a second of the venue's clock, so that its seconds change in time. */
const TICK = 200;

/** A view beside Call. It is given what is live and what was chosen, and calls nothing. */
export abstract class LiveView extends Speaking {
  @property({ attribute: false }) board!: Board;
  @property({ attribute: false }) clock!: VenueClock;
  @property({ attribute: false }) person!: Person;
  @property({ type: Boolean }) connected = false;
  @property({ attribute: false }) choices = new URLSearchParams();
  @property({ type: Boolean, reflect: true }) stale = false;
  @property({ type: Boolean, reflect: true }) full = false;

  @state() protected now = 0;
  @query("lamp-frame") private frameShown!: Frame;
  protected abstract readonly view: View;
  #local: LocalTime = localTime();
  #opened = performance.now();
  #tick = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("fullscreenchange", this.#screened);
    this.#opened = performance.now();
    this.#screened();
    this.#beat();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("fullscreenchange", this.#screened);
    window.clearTimeout(this.#tick);
  }

  override willUpdate(): void {
    this.#local = localTime();
    this.clock.glance(this.#local);
    this.now = this.clock.now(this.#local);
    this.stale = (this.silence ?? performance.now() - this.#opened) > STALE_AFTER;
  }

  arrive(): void {
    void this.updateComplete.then(() => this.frameShown.updateComplete).then(() => this.frameShown.arrive());
  }

  override render(): TemplateResult {
    return html`<lamp-frame
      .view=${this.view}
      .board=${this.board}
      .now=${this.hasClock ? null : this.now}
      .silence=${this.silence}
      .stale=${this.stale && this.isLive}
      .connected=${this.connected}
      .name=${this.person.name}
      ?bare=${this.bare}
      ?full=${this.full}
      >${this.content()}</lamp-frame
    >`;
  }

  protected abstract content(): TemplateResult;

  /** Whether the view is black and has its own clock; whether what it shows ages with the player. */
  protected get bare(): boolean {
    return false;
  }

  protected get hasClock(): boolean {
    return false;
  }

  protected get isLive(): boolean {
    return true;
  }

  protected get silence(): number | null {
    return this.clock.silence(this.#local);
  }

  /** The surfaces that were chosen; all where none was. */
  protected get surfaces(): readonly Surface[] {
    const wanted = this.choices.getAll("surface");
    const found = this.board.surfaces.filter(({ surface }) => wanted.includes(surface));
    return found.length === 0 ? this.board.surfaces : found;
  }

  protected choose(name: string, ...values: string[]): void {
    this.say("lamp-choose", chosen(this.choices, name, ...values));
  }

  protected fullScreenButton(): TemplateResult {
    return html`<button
      data-testid="full-screen"
      ?hidden=${!document.fullscreenEnabled}
      @click=${() => void this.#fullScreen()}
    >
      ${this.full ? this.words.leaveFullScreen : this.words.fullScreen}
    </button>`;
  }

  async #fullScreen(): Promise<void> {
    if (document.fullscreenElement === null) await document.documentElement.requestFullscreen();
    else await document.exitFullscreen();
  }

  readonly #screened = (): void => {
    this.full = document.fullscreenElement !== null;
  };

  #beat(): void {
    this.requestUpdate();
    const rest = TICK - (this.clock.now(localTime()) % TICK);
    this.#tick = window.setTimeout(() => this.#beat(), rest);
  }
}

/** Nothing of a view that has not heard the player may look alive. */
export const aging = css`
  :host([stale]) {
    --confirmed: var(--unknown);
    --sent: var(--unknown);
    --lamp: #c4c4c4;
  }
  :host([stale]) .ages {
    filter: grayscale(1);
    opacity: 0.45;
  }
`;
