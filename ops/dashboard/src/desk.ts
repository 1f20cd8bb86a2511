/** The caller's desk: what is picked, selected and typed, and what keys and buttons come to. */

import type { Call, Person } from "./api.ts";
import { type Board, type Output, type Routing, type Run, standbyCue, type Which } from "./board.ts";
import { type Aim, Calling } from "./calling.ts";
import { barred, heldBy, keptFromGo } from "./may.ts";
import { current, erase, meant, NOTHING, type, type Typed } from "./typed.ts";
import type { Words } from "./words/index.ts";

/** A cue chosen in the list, by which means; it is not in standby yet. */
export interface Selected {
  run: string;
  number: string;
  by: "keys" | "pointer";
}

/** What the page knows at this instant. */
export interface Seen {
  board: Board;
  person: Person;
  stale: boolean;
  run: Run | null;
}

/** What is routed. */
export type Where = { surface: string } | { outputs: string[] };

type What = (words: Words) => string;
/** Calls of a run that only the one who has control may make. */
type Held = "back" | "leave" | "hold" | "resume" | "restore" | "skip" | "standby";

export class Desk {
  readonly calling: Calling;
  picked: string | null = null;
  selected: Selected | null = null;
  #typed: Typed = NOTHING;
  #standing = "";

  constructor(
    private readonly page: { seen(): Seen; now(): number; changed(): void },
  ) {
    this.calling = new Calling(() => page.changed(), () => page.now());
  }

  get typed(): Typed {
    return current(this.#typed, performance.now());
  }

  /** What was selected was selected beside another standby. */
  see({ board, run }: Seen): void {
    this.calling.see(board);
    const standing = `${run?.run} ${run?.standby_count}`;
    if (standing !== this.#standing) this.selected = null;
    this.#standing = standing;
  }

  // --- choosing

  select(selected: Selected | null): void {
    this.selected = selected;
    this.page.changed();
  }

  /** The focus has gone elsewhere: Enter is that button's again. */
  focused(): void {
    if (this.selected?.by === "keys") this.selected = { ...this.selected, by: "pointer" };
  }

  move(by: number): void {
    const { run } = this.page.seen();
    if (run === null) return;
    const from = this.selected?.number ?? run.standby ?? run.cues[0]?.number;
    const index = run.cues.findIndex((cue) => cue.number === from) + by;
    const cue = run.cues[Math.min(run.cues.length - 1, Math.max(0, index))];
    this.#typed = NOTHING;
    if (cue !== undefined) this.select({ run: run.run, number: cue.number, by: "keys" });
  }

  type(char: string): void {
    this.#becomes(type(this.#typed, char, performance.now()));
  }

  erase(): void {
    this.#becomes(erase(this.typed, performance.now()));
  }

  clear(): void {
    this.#becomes(NOTHING);
  }

  #becomes(typed: Typed): void {
    this.#typed = typed;
    const { run } = this.page.seen();
    const number = meant(typed, run);
    this.select(run === null || number === null ? null : { run: run.run, number, by: "keys" });
  }

  /** Enter: what is typed, else what is selected. */
  enter(): void {
    const { typed } = this;
    if (typed.text !== "" && meant(typed, this.page.seen().run) === null) {
      this.#typed = { ...typed, at: performance.now(), unknown: true };
      this.page.changed();
    } else if (this.selected !== null) this.standby(this.selected.run, this.selected.number);
  }

  // --- calls that need control

  aim(): Aim | null {
    const { run } = this.page.seen();
    const cue = standbyCue(run);
    return run === null || cue === null ? null : { run, cue };
  }

  go(aim: Aim | null): void {
    const kept = keptFromGo(this.page.seen());
    if (kept === null && aim !== null) return void this.calling.go(aim);
    const by = heldBy(this.page.seen().person, this.page.seen().run) ?? "";
    if (kept === null) return;
    const still = () => keptFromGo(this.page.seen()) === kept;
    this.calling.tell((words) => words.noGoSent(words.kept[kept](by)), still);
  }

  standby(run: string, number: string): void {
    this.selected = null;
    this.#typed = NOTHING;
    this.#held({ call: "standby", run, standby: number }, (words) => `${words.putInStandby} ${number}`);
  }

  hold(): void {
    const { run } = this.page.seen();
    if (run?.status === "holding") this.#ofRun("resume", (words) => words.resume);
    else if (run?.status === "running") this.#ofRun("hold", (words) => words.hold);
  }

  restore(): void {
    this.#ofRun("restore", (words) => words.restore);
  }

  /** Each means what stood by as it was seen: pressed too late, it moves nothing. */
  skip(): void {
    const { run } = this.page.seen();
    if (run === null || run.standby === null) return;
    this.#held({ call: "skip", run: run.run, standby: run.standby }, (words) => words.skip);
  }

  back(): void {
    const { run } = this.page.seen();
    if (run === null) return;
    const seen = run.standby === null ? {} : { standby: run.standby };
    this.#held({ call: "back", run: run.run, ...seen }, (words) => words.back);
  }

  leave(): void {
    if (this.page.seen().run?.looping) this.#ofRun("leave", (words) => words.leaveLoop);
  }

  #ofRun(call: Exclude<Held, "back" | "skip" | "standby">, what: What): void {
    const { run } = this.page.seen();
    if (run !== null) this.#held({ call, run: run.run }, what);
  }

  #held(call: Extract<Call, { run: string }>, what: What): void {
    const { board, person, stale } = this.page.seen();
    const by = heldBy(person, board.runs.find((run) => run.run === call.run) ?? null);
    if (by !== null) this.calling.tell((words) => words.callRefused(what(words), words.kept.control(by)));
    else if (!stale) this.#call(call, what);
  }

  // --- calls that need the right alone

  fadeOut(): void {
    const { run } = this.page.seen();
    const live = run !== null && ["standing by", "running", "holding"].includes(run.status);
    const call: Call = live ? { call: "fade_out", run: run.run } : { call: "fade_out" };
    this.#call(call, (words) => words.fadeOut, (words) => words.fadingOut);
  }

  showStop(reason: string): void {
    this.#call({ call: "show_stop", reason }, (words) => words.showStop);
  }

  restart(): void {
    this.#call({ call: "restore" }, (words) => words.restart);
  }

  automationOff(reason: string): void {
    this.#call({ call: "automation_off", reason }, (words) => words.automationOffCall);
  }

  automationOn(): void {
    this.#call({ call: "automation_on" }, (words) => words.automationOnCall);
  }

  /** A slot, now, as it would have by itself: it is in nobody's hand by it. */
  start(slot: string): void {
    this.#call({ call: "start", run: slot }, (words) => `${words.startNow} ${slot}`);
  }

  enable(output: string): void {
    this.#call({ call: "enable", output }, (words) => `${words.enable} ${output}`);
  }

  disable(output: string): void {
    this.#call({ call: "disable", output }, (words) => `${words.disable} ${output}`);
  }

  /** Outputs, or all of a surface: to the wire, a simulator, or the record alone. */
  route(where: Where, to: Routing): void {
    const what = "surface" in where ? where.surface : where.outputs.join(", ");
    this.#call({ call: "route", to, ...where }, (words) => words.routeCall(what, words.routing[to]));
  }

  onAir(server: string, which: Which): void {
    this.#call({ call: "on_air", server, which }, (words) => words.onAirCall(server, words.which[which]));
  }

  note(note: string): void {
    const { run } = this.page.seen();
    const call: Call = run === null ? { call: "note", note } : { call: "note", run: run.run, note };
    this.#call(call, (words) => words.note, (words) => words.noted(note));
  }

  control(call: "ask" | "take_over" | "hand_back"): void {
    const { run } = this.page.seen();
    if (run !== null) this.#call({ call, run: run.run }, (words) => words.controlCall[call]);
  }

  #call(call: Call, what: What, well: What | null = null): void {
    const { board, person, run } = this.page.seen();
    const bar = barred(person, board, touched(board, call) ?? run);
    if (bar === null) void this.calling.call(call, what, well);
    else this.calling.tell((words) => words.callRefused(what(words), words.kept[bar]("")));
  }
}

/** An output whose surface a call touches, where it names one. */
function touched(board: Board, call: Call): Output | undefined {
  return board.outputs.find(
    (one) =>
      ("output" in call && one.output === call.output) ||
      ("outputs" in call && call.outputs.includes(one.output)) ||
      ("server" in call && one.server === call.server) ||
      ("surface" in call && one.surface === call.surface) ||
      (call.call === "start" && one.surface === board.slots.find(({ slot }) => slot === call.run)?.surface),
  );
}
