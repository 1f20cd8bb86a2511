/** Calls made from this page: one press, one request; what each came to. */

import { type Answered, ask, type Call, newRequest, type Outcome } from "./api.ts";
import type { Board, Cue, Run } from "./board.ts";
import { begin, inFlight, isConfirmed, type Press } from "./press.ts";
import { why } from "./why.ts";
import type { Words } from "./words/index.ts";

const SHOWN = 8_000;

/** A notice is made when it is read, so that it follows the language. */
type Notice = (words: Words, language: string) => string;

/** What was on the page when the finger went down. */
export interface Aim {
  run: Run;
  cue: Cue;
}

export class Calling {
  press: Press | null = null;
  #notice: { says: Notice; until: number; holds: () => boolean } | null = null;

  constructor(
    private readonly changed: () => void,
    private readonly now: () => number,
  ) {}

  notice(words: Words, language: string): string | null {
    const told = this.#notice;
    return told !== null && performance.now() < told.until && told.holds() ? told.says(words, language) : null;
  }

  /** GO of what stood by when it was aimed at, if nothing is in flight. */
  async go({ run, cue }: Aim): Promise<void> {
    if (inFlight(this.press, this.now())) return;
    const press = begin(run, cue, this.now(), newRequest());
    this.#became(press, {});
    const { request, standby, standby_count } = press;
    const answer = ask({ call: "go", run: run.run, standby, standby_count }, request);
    requestAnimationFrame(() => this.#became(press, { phase: "sent" }));
    this.#became(press, ended(await answer, this.now()));
  }

  /** Any other call. What went wrong is told; what went well where the board does not show it. */
  async call(call: Call, what: (words: Words) => string, well: Notice | null = null): Promise<void> {
    const outcome = await ask(call, newRequest());
    if (outcome === "unknown") this.tell((words) => words.callFailed(what(words)));
    else if (!outcome.ok) {
      this.tell((words, language) => words.callRefused(what(words), why(outcome, words, language)));
    } else if (well !== null) this.tell(well);
    else this.#notice = null;
    this.changed();
  }

  /** A new board may confirm the last GO. */
  see(board: Board): void {
    if (this.press !== null && !this.press.confirmed && isConfirmed(this.press, board)) {
      this.press = { ...this.press, confirmed: true };
    }
  }

  /** `holds`: what it says is no longer told once it is no longer so. */
  tell(says: Notice, holds: () => boolean = () => true): void {
    this.#notice = { says, until: performance.now() + SHOWN, holds };
    this.changed();
  }

  /** Only the newest press is shown, and an answer is never overwritten by `sent`. */
  #became(press: Press, change: Partial<Press>): void {
    const current = this.press?.request === press.request ? this.press : press;
    if (change.phase === "sent" && current.phase !== "pressed") return;
    this.press = { ...current, ...change };
    this.changed();
  }
}

function ended(outcome: Outcome, now: number): Partial<Press> {
  if (outcome === "unknown") return { phase: "unknown", answeredAt: now };
  const { ok, at, recorded } = outcome;
  if (ok) return { phase: "went", answeredAt: now, wentAt: at, recorded };
  return { phase: "refused", answeredAt: now, ...refusal(outcome) };
}

function refusal({ status, reasons, by, at }: Answered): Partial<Press> {
  return { status, reasons, by, byAt: at };
}
