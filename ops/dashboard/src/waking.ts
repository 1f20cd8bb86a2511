/** Tells when the page may have been asleep: shown again, thawed, online again, or a tick that came late. */

const TICK = 1_000;
const LATE = 3_000;

export class Waking {
  #ticked = Date.now();
  readonly #timer = window.setInterval(() => this.#tick(), TICK);

  constructor(private readonly woke: () => void) {
    addEventListener("online", this.#shown);
    addEventListener("pageshow", this.#shown);
    addEventListener("focus", this.#shown);
    document.addEventListener("resume", this.#shown);
    document.addEventListener("visibilitychange", this.#shown);
  }

  end(): void {
    window.clearInterval(this.#timer);
    removeEventListener("online", this.#shown);
    removeEventListener("pageshow", this.#shown);
    removeEventListener("focus", this.#shown);
    document.removeEventListener("resume", this.#shown);
    document.removeEventListener("visibilitychange", this.#shown);
  }

  /** A laptop that sleeps with its lid open tells nothing: the wall clock does. */
  #tick(): void {
    const before = this.#ticked;
    this.#ticked = Date.now();
    if (Math.abs(this.#ticked - before - TICK) > LATE) this.woke();
  }

  readonly #shown = (): void => {
    if (document.visibilityState === "visible") this.woke();
  };
}
