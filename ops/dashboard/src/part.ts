import { LitElement } from "lit";
import { property } from "lit/decorators.js";

import type { Person } from "./api.ts";
import { type Board, inLanguage, type Run, type Text } from "./board.ts";
import type { Measured } from "./clock.ts";
import type { Selected } from "./desk.ts";
import type { Escape } from "./escape.ts";
import type { Barred } from "./may.ts";
import type { Press } from "./press.ts";
import type { Typed } from "./typed.ts";
import { language, onLanguage, type Words, words } from "./words/index.ts";

/** What is to be drawn at this instant; parts draw it and keep nothing of it. */
export interface Scene {
  board: Board;
  /** The player's clock, as this page knows it; how it was measured. */
  now: number;
  measured: Measured | null;
  /** How long the player has not been heard; null where it never was. */
  silence: number | null;
  stale: boolean;
  connected: boolean;
  /** Who is signed in, what keeps every call from them, and who else has control of the run. */
  person: Person;
  barred: Barred | null;
  heldBy: string | null;
  /** The run in the centre, the cue selected in it, the number being typed, the last GO from this page. */
  run: Run | null;
  selected: Selected | null;
  typed: Typed;
  press: Press | null;
  /** What the last other call came to, where a person must read it. */
  notice: string | null;
  /** Whether Esc reaches this page; whether it could fill the screen. */
  escape: Escape;
  canFill: boolean;
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
