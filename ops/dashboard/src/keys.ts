/** Which key does what. Pure: it is given what was pressed and where, and says what is meant. */

export type Intent = "go" | "hold" | "fade_out" | "up" | "down" | "standby" | "keys";

export interface Pressed {
  code: string;
  key: string;
  repeat: boolean;
  modified: boolean;
  shift: boolean;
}

/** Where the focus was: in a text field, in an open dialog, on a button, or nowhere special. */
export type Place = "text" | "dialog" | "button" | "page";

/** What the page does with a key: an intent, `swallow` (it must not reach a button), or nothing. */
export type Meaning = Intent | "swallow" | null;

export class Keys {
  #armed = true;

  down(pressed: Pressed, place: Place): Meaning {
    if (pressed.modified || place === "text") return null;
    if (place === "dialog") return pressed.repeat && presses(pressed) ? "swallow" : null;
    if (pressed.code === "Space") return this.#space(pressed);
    if (pressed.repeat) return arrow(pressed) ?? (presses(pressed) ? "swallow" : null);
    return arrow(pressed) ?? single(pressed, place);
  }

  /** True where the key must not reach a button: a button acts when Space comes up. */
  up(code: string, place: Place): boolean {
    if (code !== "Space") return false;
    this.#armed = true;
    return place === "button" || place === "page";
  }

  /** The window lost the focus: the key-up may have gone elsewhere. */
  blur(): void {
    this.#armed = true;
  }

  #space(pressed: Pressed): Meaning {
    if (pressed.repeat || !this.#armed) return "swallow";
    this.#armed = false;
    return "go";
  }
}

/** Keys that press the button which has the focus. */
function presses(pressed: Pressed): boolean {
  return pressed.code === "Enter" || pressed.code === "NumpadEnter" || pressed.code === "Space";
}

function arrow(pressed: Pressed): Intent | null {
  if (pressed.code === "ArrowUp") return "up";
  return pressed.code === "ArrowDown" ? "down" : null;
}

function single(pressed: Pressed, place: Place): Intent | null {
  if (pressed.key === "?" || (pressed.shift && pressed.code === "Slash")) return "keys";
  switch (pressed.code) {
    case "KeyH":
      return "hold";
    case "Escape":
      return "fade_out";
    case "Enter":
    case "NumpadEnter":
      return place === "page" ? "standby" : null;
    default:
      return null;
  }
}
