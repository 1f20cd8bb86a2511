/**
 * Whether Esc reaches the page. A full-screen browser takes it to leave full screen, unless the page
 * filled the screen itself and could lock the key.
 */

interface LockingKeyboard {
  lock(codes: string[]): Promise<void>;
  unlock(): void;
}

/** `free`: Esc is ours. `taken`: the browser's first. `kept`: ours in full screen, held it leaves. */
export type Escape = "free" | "taken" | "kept";

function keyboard(): LockingKeyboard | null {
  return (navigator as { keyboard?: LockingKeyboard }).keyboard ?? null;
}

export class FullScreen {
  #locked = false;
  readonly #seen = matchMedia("(display-mode: fullscreen)");

  constructor(private readonly changed: () => void) {
    document.addEventListener("fullscreenchange", this.#change);
    this.#seen.addEventListener("change", this.#change);
  }

  end(): void {
    document.removeEventListener("fullscreenchange", this.#change);
    this.#seen.removeEventListener("change", this.#change);
  }

  get possible(): boolean {
    return document.fullscreenEnabled;
  }

  get on(): boolean {
    return document.fullscreenElement !== null || this.#seen.matches;
  }

  get escape(): Escape {
    if (!this.on) return "free";
    return this.#locked && document.fullscreenElement !== null ? "kept" : "taken";
  }

  async toggle(): Promise<void> {
    if (document.fullscreenElement !== null) return await document.exitFullscreen();
    await document.documentElement.requestFullscreen({ navigationUI: "hide" });
    await keyboard()
      ?.lock(["Escape"])
      .then(() => (this.#locked = true));
    this.changed();
  }

  readonly #change = (): void => {
    if (document.fullscreenElement === null && this.#locked) {
      this.#locked = false;
      keyboard()?.unlock();
    }
    this.changed();
  };
}
