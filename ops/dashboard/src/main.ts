import { css, html, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";

import { enterByLink, type Person, signOut, whoAmI } from "./api.ts";
import { localTime, VenueClock } from "./clock.ts";
import type { Snapshot } from "./frames.ts";
import { Live } from "./live.ts";
import { Speaking } from "./part.ts";
import "./sign-in.ts";
import { shared } from "./style.ts";
import { festivals } from "./views/fetching.ts";
import { load, type Loaded, nothingYet, shown } from "./views/loading.ts";
import { linkSecret } from "./views/places.ts";
import { Router } from "./views/router.ts";
import { language, onLanguage } from "./words/index.ts";

/** Who is signed in, the live feed, and where the page is: with all three, a view. */
@customElement("lamp-page")
export class Page extends Speaking {
  static override styles = [
    shared,
    css`
      .alone {
        display: grid;
        gap: 1em;
        place-content: center;
        justify-items: center;
        min-height: 100dvh;
        padding: 16px;
        color: var(--muted);
        text-align: center;
      }
      .unseen {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
    `,
  ];

  /** Undefined until it is known whether the cookie stands for somebody. */
  @state() private person: Person | null | undefined = undefined;
  @state() private board: Snapshot | null = null;
  @state() private connected = false;
  @state() private loaded: Loaded = "loading";
  @state() private linkFailed = false;
  /** Whether nothing was ever imported; null until that was asked. */
  @state() private empty: boolean | null = null;
  @query("[data-view]") private viewShown!: (HTMLElement & { arrive?: () => void }) | null;
  @query(".here") private here!: HTMLElement;
  readonly #router = new Router(() => void this.#moved());
  #clock = new VenueClock();
  #live: Live | null = null;
  #moves = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#moved();
    void this.#arrive();
  }

  override render(): TemplateResult {
    if (this.person === null) {
      return html`<lamp-sign-in
        ?link-failed=${this.linkFailed}
        @lamp-signed-in=${(event: CustomEvent<Person>) => this.#enter(event.detail)}
      ></lamp-sign-in>`;
    }
    if (this.loaded === "failed") return this.#failed();
    if (this.person === undefined || this.board === null || this.loaded === "loading") {
      return html`<p class="alone" role="status">${this.words.connecting}</p>`;
    }
    const { place } = this.#router;
    const given = { board: this.board, clock: this.#clock, person: this.person, connected: this.connected };
    return html`<div
      @lamp-sign-out=${() => void this.#leave()}
      @lamp-choose=${(event: CustomEvent<URLSearchParams>) => this.#router.choose(event.detail)}
    >
      <p class="unseen here" tabindex="-1">${this.words.view[place.view]}</p>
      ${this.empty === true && this.board.festival === null ? nothingYet(this.person) : shown(place, given)}
    </div>`;
  }

  override updated(): void {
    const festival = this.board === null ? "" : this.text(this.board.title);
    const view = this.person ? this.words.view[this.#router.place.view] : "";
    document.title = [view, festival, "Lamplighter"].filter(Boolean).join(" · ");
  }

  #failed(): TemplateResult {
    return html`<div class="alone" role="alert">
      <p>${this.words.cannotLoad}</p>
      <button autofocus @click=${() => location.reload()}>${this.words.loadAgain}</button>
    </div>`;
  }

  /** The view of the address. Whoever was led there by a link begins at its heading. */
  async #moved(): Promise<void> {
    const move = (this.#moves += 1);
    const before = this.viewShown?.dataset["view"];
    const { view } = this.#router.place;
    if (before !== view) this.loaded = "loading";
    const loaded = await load(view);
    if (move !== this.#moves) return;
    this.loaded = loaded;
    this.requestUpdate();
    await this.updateComplete;
    if (before === undefined || before === view) return;
    if (this.viewShown?.arrive) this.viewShown.arrive();
    else this.here.focus();
  }

  async #arrive(): Promise<void> {
    const secret = linkSecret(location.hash);
    // At once, so that it is neither kept in the history nor sent on with the address.
    if (secret !== null) history.replaceState(null, "", location.pathname + location.search);
    const known = await whoAmI().catch(() => null);
    // A person stays who they are, with their own rights; who came by another link is now this one's.
    const exchanged = secret !== null && (known === null || known.kind === "link");
    const person = (exchanged ? await enterByLink(secret).catch(() => null) : null) ?? known;
    this.linkFailed = secret !== null && person === null;
    if (person === null) this.person = null;
    else this.#enter(person);
  }

  #enter(person: Person): void {
    this.person = person;
    this.#live = new Live({
      document: (document) => {
        this.board = document;
        if (document.festival === null && this.empty === null) void this.#look();
        if (document.player_at !== null) this.#clock.read(document.player_at, localTime());
      },
      beat: (beat) => this.#clock.hear(beat.player_at, localTime()),
      clock: (sent, playerAt) => this.#clock.measure(sent, playerAt, localTime()),
      you: (you) => (this.person = you),
      connection: (connected) => (this.connected = connected),
      refused: () => this.#refused(),
    });
  }

  /** Nothing is loaded: perhaps because there is nothing. */
  async #look(): Promise<void> {
    this.empty = false;
    const found = await festivals();
    this.empty = "value" in found ? found.value.length === 0 : null;
  }

  /** A feed that ends may mean that the session has: then to the sign-in. */
  async #refused(): Promise<boolean> {
    try {
      if ((await whoAmI()) !== null) return false;
    } catch {
      return false;
    }
    this.#forget();
    return true;
  }

  async #leave(): Promise<void> {
    await signOut().catch(() => undefined);
    this.#forget();
  }

  #forget(): void {
    this.#live?.close();
    this.#live = null;
    this.#clock = new VenueClock();
    this.board = null;
    this.empty = null;
    this.person = null;
  }
}

function speak(): void {
  document.documentElement.lang = language();
}
onLanguage(speak);
speak();
