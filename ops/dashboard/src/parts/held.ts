/**
 * Whether a list is under somebody's hand, and must not move: a pointer is on it, a finger was a moment
 * ago, or it has the keyboard's focus.
 */

/** A finger that has just left is about to come back: to the button of the row that it chose. */
const AFTER_TOUCH = 4_000;

export class Held {
  #pointer = false;
  #focus = false;
  #touch = 0;

  /** `freed` is called when the hand has gone. */
  constructor(private readonly freed: () => void) {}

  get held(): boolean {
    return this.#pointer || this.#focus || this.#touch !== 0;
  }

  readonly enter = (event: PointerEvent): void => {
    this.#pointer = true;
    if (event.pointerType === "touch") this.#wait();
  };

  readonly leave = (event: PointerEvent): void => {
    this.#pointer = false;
    if (event.pointerType === "touch") this.#wait();
    else this.#maybe();
  };

  readonly focus = (): void => {
    this.#focus = true;
  };

  readonly blur = (): void => {
    this.#focus = false;
    this.#maybe();
  };

  end(): void {
    window.clearTimeout(this.#touch);
    this.#touch = 0;
  }

  #wait(): void {
    window.clearTimeout(this.#touch);
    this.#touch = window.setTimeout(() => {
      this.#touch = 0;
      this.#maybe();
    }, AFTER_TOUCH);
  }

  #maybe(): void {
    if (!this.held) this.freed();
  }
}
