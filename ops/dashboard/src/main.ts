import { css, html, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import { type Person, signOut, whoAmI } from "./api.ts";
import "./call-page.ts";
import { localTime, VenueClock } from "./clock.ts";
import type { Snapshot } from "./frames.ts";
import { Live } from "./live.ts";
import { Speaking } from "./part.ts";
import "./sign-in.ts";
import { shared } from "./style.ts";
import { language, onLanguage } from "./words/index.ts";

/** Who is signed in, and the live feed: with both, the call page. */
@customElement("lamp-page")
export class Page extends Speaking {
  static override styles = [
    shared,
    css`
      p {
        display: grid;
        place-items: center;
        min-height: 100dvh;
        color: var(--muted);
      }
    `,
  ];

  /** Undefined until it is known whether the cookie stands for somebody. */
  @state() private person: Person | null | undefined = undefined;
  @state() private board: Snapshot | null = null;
  @state() private connected = false;
  #clock = new VenueClock();
  #live: Live | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#arrive();
  }

  override render(): TemplateResult {
    if (this.person === null) {
      return html`<lamp-sign-in @lamp-signed-in=${(event: CustomEvent<Person>) => this.#enter(event.detail)}></lamp-sign-in>`;
    }
    if (this.person === undefined || this.board === null) return html`<p role="status">${this.words.connecting}</p>`;
    return html`<lamp-call
      .board=${this.board}
      .clock=${this.#clock}
      .name=${this.person.name}
      .connected=${this.connected}
      @lamp-sign-out=${() => void this.#leave()}
    ></lamp-call>`;
  }

  async #arrive(): Promise<void> {
    const person = await whoAmI().catch(() => null);
    if (person === null) this.person = null;
    else this.#enter(person);
  }

  #enter(person: Person): void {
    this.person = person;
    this.#live = new Live({
      document: (document) => {
        this.board = document;
        if (document.player_at !== null) this.#clock.read(document.player_at, localTime());
      },
      beat: (beat) => this.#clock.hear(beat.player_at, localTime()),
      connection: (connected) => (this.connected = connected),
      refused: () => this.#refused(),
    });
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
    this.person = null;
  }
}

function speak(): void {
  document.documentElement.lang = language();
}
onLanguage(speak);
speak();
