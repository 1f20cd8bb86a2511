import { LitElement } from "lit";
import { property } from "lit/decorators.js";

import { type Board, inLanguage, type Run, type Text } from "./board.ts";
import type { Press } from "./press.ts";
import { language, onLanguage, type Words, words } from "./words/index.ts";

/** What is to be drawn at this instant; parts draw it and keep nothing of it. */
export interface Scene {
  board: Board;
  /** The player's clock, as this page knows it. */
  now: number;
  /** How long the player has not been heard; null where it never was. */
  silence: number | null;
  stale: boolean;
  connected: boolean;
  /** Who is signed in. */
  name: string;
  /** The run in the centre, the cue selected in it, the last GO from this page. */
  run: Run | null;
  selected: string | null;
  press: Press | null;
  /** What the last other call came to, where a person must read it. */
  notice: string | null;
}

/** A part of the page that speaks the chosen language. */
export abstract class Speaking extends LitElement {
  #end: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#end = onLanguage(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#end?.();
  }

  protected get words(): Words {
    return words();
  }

  protected text(text: Text): string {
    return inLanguage(text, language());
  }

  /** Ask the page for something: it listens at its top. */
  protected say(type: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

/** A part of the call page. */
export abstract class Part extends Speaking {
  @property({ attribute: false }) scene!: Scene;
}
