import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { Person } from "../api.ts";
import { Speaking } from "../part.ts";
import { shared } from "../style.ts";
import { chooseLanguage, language } from "../words/index.ts";
import { loadDemo } from "./fetching.ts";

/** An installation with nothing in it: what this is, how a night comes to be, and one that is ready made. */
@customElement("lamp-start")
export class Start extends Speaking {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        place-items: center;
        min-height: 100dvh;
        padding: 20px 16px;
      }
      main {
        display: grid;
        gap: 1.3em;
        width: min(100%, 46em);
        font-size: clamp(16px, 1.15vw, 22px);
      }
      header {
        display: flex;
        flex-wrap: wrap;
        gap: 0.6em;
        justify-content: flex-end;
      }
      h1 {
        margin: 0 0 0.3em;
        color: var(--lamp);
        font-size: 1.9em;
        line-height: 1.15;
        text-wrap: balance;
      }
      h2 {
        margin-bottom: 0.6em;
        color: var(--text);
        font-size: 1.1em;
        letter-spacing: 0;
      }
      p {
        color: var(--soft);
      }
      ol {
        display: grid;
        gap: 0.7em;
        counter-reset: step;
      }
      li {
        padding: 0.7em 0.9em;
        border-radius: 8px;
        background: var(--panel);
        counter-increment: step;
      }
      li b::before {
        content: counter(step) ". ";
        color: var(--lamp);
      }
      code {
        display: block;
        margin-top: 0.3em;
        color: var(--lamp);
        font: 0.95em/1.5 ui-monospace, "DejaVu Sans Mono", "Liberation Mono", monospace;
        overflow-wrap: anywhere;
      }
      .demo {
        padding: 1em;
        border: 1px solid var(--line);
        border-radius: 10px;
      }
      .demo p + p {
        margin-top: 0.6em;
      }
      .main {
        min-height: 3em;
        margin: 0.8em 0 0.2em;
        padding-inline: 1.4em;
        border-color: var(--lamp);
        background: var(--lamp);
        color: #17130a;
      }
      .main:hover:not(:disabled) {
        background: #fff6df;
      }
      [role="status"]:not(:empty) {
        margin-top: 0.6em;
        color: var(--text);
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) person!: Person;
  @state() private what: "" | "loading" | "loaded" | "not empty" | "failed" = "";

  override render(): TemplateResult {
    const next = language() === "en" ? "ko" : "en";
    return html`<main>
      <header>
        <button data-testid="language" lang=${next} title=${this.words.otherLanguage} @click=${() => chooseLanguage(next)}>
          ${next === "ko" ? "한국어" : "English"}
        </button>
        <button data-testid="sign-out" @click=${() => this.say("lamp-sign-out")}>${this.words.signOut}</button>
      </header>
      <div>
        <h1>${this.words.nothingYet}</h1>
        <p>${this.words.whatThisIs}</p>
      </div>
      <section aria-labelledby="steps">
        <h2 id="steps">${this.words.stepsToANight}</h2>
        <ol>
          <li><b>${this.words.stepWrite}</b><code>lamplighter check festival.toml</code></li>
          <li><b>${this.words.stepImport}</b><code>lamplighter import festival.toml</code></li>
          <li><b>${this.words.stepPublish}</b><code>lamplighter publish my-festival</code></li>
        </ol>
      </section>
      ${this.#demo()}
    </main>`;
  }

  #demo(): TemplateResult {
    const may = this.person.grants.some(
      ({ rights, festival, surface }) => rights.includes("edit") && festival === null && surface === null,
    );
    return html`<section class="demo" aria-labelledby="demo">
      <h2 id="demo">${this.words.orTheDemo}</h2>
      <p>${this.words.whatTheDemoIs}</p>
      <p>${this.words.demoServers}<code>lamplighter simulate</code></p>
      ${may
        ? html`<button class="main" data-testid="load-demo" ?disabled=${this.what === "loading" || this.what === "loaded"} @click=${() => void this.#load()}>
            ${this.words.loadDemo}
          </button>`
        : html`<p data-testid="may-not">${this.words.demoNeedsEdit}</p>`}
      <p role="status" data-testid="demo-status">${this.what === "" ? nothing : this.#said()}</p>
    </section>`;
  }

  #said(): string {
    switch (this.what) {
      case "loading":
        return this.words.loading;
      case "loaded":
        return this.words.demoLoaded;
      case "not empty":
        return this.words.demoNotEmpty;
      default:
        return this.words.demoFailed;
    }
  }

  async #load(): Promise<void> {
    this.what = "loading";
    const found = await loadDemo();
    if ("value" in found) this.what = "loaded";
    else this.what = found.failed === 409 ? "not empty" : "failed";
  }
}
