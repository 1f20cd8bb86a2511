/** Which key does what. Pure: it is given what was pressed and where, and says what is meant. */

export type Intent =
  | "go"
  | "back"
  | "skip"
  | "leave"
  | "hold"
  | "note"
  | "lock"
  | "fade_out"
  | "up"
  | "down"
  | "standby"
  | "erase"
  | "clear"
  | "keys"
  | { typed: string };

export interface Pressed {
  code: string;
  key: string;
  repeat: boolean;
  /** Ctrl, Alt, AltGr or the system's key: such a press is never ours. */
  modified: boolean;
  shift: boolean;
}

/** Where the focus was: in a text field, in an open dialog, on a button, or nowhere special. */
export type Place = "text" | "dialog" | "button" | "page";

/** What is being chosen: a number half typed, a cue selected by keys, or nothing. */
export type Choosing = "typing" | "selecting" | null;

/** What the page does with a key: an intent, `swallow` (it must not reach a button), or nothing. */
export type Meaning = Intent | "swallow" | null;

export class Keys {
  #armed = true;

  down(pressed: Pressed, place: Place, choosing: Choosing = null): Meaning {
    if (place === "text") return null;
    // Shift belongs to `?` alone, and is let through to it.
    if (pressed.modified || (pressed.shift && !asksForKeys(pressed))) return space(pressed) ? "swallow" : null;
    if (place === "dialog") return pressed.repeat && presses(pressed) ? "swallow" : null;
    if (space(pressed)) return this.#space(pressed);
    if (pressed.repeat) return arrow(pressed) ?? (presses(pressed) ? "swallow" : null);
    return arrow(pressed) ?? number(pressed, choosing) ?? single(pressed, place, choosing);
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

/** The key by its place on the keyboard, whatever language it writes; some touch keyboards tell no place. */
export function codeOf({ code, key }: { code: string; key: string }): string {
  if (code !== "") return code;
  return key === " " ? "Space" : key;
}

function space(pressed: Pressed): boolean {
  return pressed.code === "Space";
}

/** Keys that press the button which has the focus. */
function presses(pressed: Pressed): boolean {
  return enter(pressed) || space(pressed);
}

function enter(pressed: Pressed): boolean {
  return pressed.code === "Enter" || pressed.code === "NumpadEnter";
}

function asksForKeys(pressed: Pressed): boolean {
  return pressed.key === "?" || (pressed.shift && pressed.code === "Slash");
}

function arrow(pressed: Pressed): Intent | null {
  if (pressed.code === "ArrowUp") return "up";
  return pressed.code === "ArrowDown" ? "down" : null;
}

const NUMBER = /^(?:Digit|Numpad)([0-9])$/;

function number(pressed: Pressed, choosing: Choosing): Intent | null {
  const digit = NUMBER.exec(pressed.code)?.[1];
  if (digit !== undefined) return { typed: digit };
  // A point goes on with a number; it never begins one.
  const point = pressed.code === "Period" || pressed.code === "NumpadDecimal";
  if (choosing !== "typing") return null;
  if (point) return { typed: "." };
  return pressed.code === "Backspace" ? "erase" : null;
}

function single(pressed: Pressed, place: Place, choosing: Choosing): Intent | null {
  if (asksForKeys(pressed)) return "keys";
  if (enter(pressed)) return place === "page" || choosing !== null ? "standby" : null;
  switch (pressed.code) {
    case "KeyJ":
      return "back";
    case "KeyK":
      return "skip";
    case "KeyV":
      return "leave";
    case "KeyH":
      return "hold";
    case "KeyN":
      return "note";
    case "KeyL":
      return "lock";
    case "Escape":
      return choosing === "typing" ? "clear" : "fade_out";
    default:
      return null;
  }
}
