/** Keeps the screen awake where the browser can: it lets go whenever the page is hidden. */
export class Awake {
  #lock: WakeLockSentinel | null = null;
  #wanted = false;

  constructor(private readonly changed: () => void) {}

  /** Whether the screen stays awake now. */
  get holds(): boolean {
    return this.#lock !== null && !this.#lock.released;
  }

  begin(): void {
    this.#wanted = true;
    document.addEventListener("visibilitychange", this.#again);
    void this.#ask();
  }

  end(): void {
    this.#wanted = false;
    document.removeEventListener("visibilitychange", this.#again);
    void this.#lock?.release();
    this.#lock = null;
  }

  readonly #again = (): void => {
    if (document.visibilityState === "visible") void this.#ask();
  };

  async #ask(): Promise<void> {
    if (this.holds || !("wakeLock" in navigator)) return;
    try {
      const lock = await navigator.wakeLock.request("screen");
      if (!this.#wanted) return void lock.release();
      this.#lock = lock;
      lock.addEventListener("release", this.changed);
    } catch {
      // A low battery, or a page that is not served securely: the view says that the screen may go dark.
    }
    this.changed();
  }
}
