/** The window's keys for as long as the call page is shown: what each means is told to the page. */

import { Dialog } from "./dialogs/dialog.ts";
import { type Choosing, codeOf, type Intent, Keys, type Place } from "./keys.ts";

export class Keyboard {
  readonly #keys = new Keys();

  constructor(
    private readonly choosing: () => Choosing,
    private readonly mean: (intent: Intent) => void,
  ) {
    addEventListener("keydown", this.#down, { capture: true });
    addEventListener("keyup", this.#up, { capture: true });
    addEventListener("blur", this.#blur);
  }

  end(): void {
    removeEventListener("keydown", this.#down, { capture: true });
    removeEventListener("keyup", this.#up, { capture: true });
    removeEventListener("blur", this.#blur);
  }

  readonly #down = (event: KeyboardEvent): void => {
    const { key, repeat, shiftKey: shift } = event;
    const modified = event.ctrlKey || event.altKey || event.metaKey || event.getModifierState("AltGraph");
    const meaning = this.#keys.down({ code: codeOf(event), key, repeat, modified, shift }, place(event), this.choosing());
    if (meaning === null) return;
    event.preventDefault();
    if (meaning !== "swallow") this.mean(meaning);
  };

  readonly #up = (event: KeyboardEvent): void => {
    if (this.#keys.up(codeOf(event), place(event))) event.preventDefault();
  };

  readonly #blur = (): void => this.#keys.blur();
}

const FIELDS = "input, textarea, select, [contenteditable]";

function place(event: KeyboardEvent): Place {
  const path = event.composedPath().filter((one): one is Element => one instanceof Element);
  if (path.some((one) => one.matches(FIELDS))) return "text";
  if (Dialog.open) return "dialog";
  return path.some((one) => one.matches("button, a[href]")) ? "button" : "page";
}
