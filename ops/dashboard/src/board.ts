import type { components } from "./generated/api.ts";

type Schemas = components["schemas"];

/** The document of the feed; where it stands in the feed is beside it. */
export type Board = Omit<Schemas["BoardDocument"], "feed" | "number" | "player_at">;
export type Run = Schemas["RunView"];
export type Control = NonNullable<Run["control"]>;
export type Alarm = Schemas["AlarmView"];
export type Cue = Schemas["CueView"];
export type Do = Schemas["DoView"];
export type Slot = Schemas["SlotView"];
export type Surface = Schemas["SurfaceView"];
export type Output = Schemas["OutputView"];
export type Server = Schemas["ServerView"];
export type Evidence = Schemas["EvidenceView"];
export type Line = Schemas["LineView"];
export type SlotStatus = Slot["status"];
export type CueStatus = Cue["status"];
export type Agreement = Output["agreement"];
export type Life = Server["addresses"][number]["life"];
export type Which = Evidence["which"];
export type Timecode = Schemas["TimecodeView"];
export type Prediction = Schemas["PredictionView"];
export type OnAir = NonNullable<Server["on_air"]>;
export type Meets = Slot["meets"];
export type Routing = Output["routing"];
export const ROUTINGS: readonly Routing[] = ["wire", "simulator", "record only"];
export type Text = Record<string, string>;

/** What the page says of an output: off the wire where it goes instead, else the board's agreement, and `sent` while
 * an answer is awaited. */
export type Said = Agreement | "sent" | "simulator";

/** How long after a send the page still says `sent` where nothing is confirmed yet. */
export const AWAITED = 1500;

export function inLanguage(text: Text, language: string): string {
  return text[language] ?? text["und"] ?? text["en"] ?? Object.values(text)[0] ?? "";
}

const BY_STATUS: readonly SlotStatus[] = ["holding", "running", "standing by", "waiting"];

/** The run that the centre shows: the one picked, else mine, else the one in hand, else by what it does. */
export function chosenRun(runs: readonly Run[], picked: string | null, me = ""): Run | null {
  const alive = runs.filter((run) => BY_STATUS.includes(run.status));
  return (
    runs.find((run) => run.run === picked) ??
    alive.find((run) => run.in_hand && run.control?.by === me) ??
    alive.find((run) => run.in_hand) ??
    alive.find((run) => run.status === "standing by" && run.start === "manual") ??
    BY_STATUS.map((status) => alive.find((run) => run.status === status)).find(Boolean) ??
    runs.at(-1) ??
    null
  );
}

/** The runs worth a tab: those that live, and the one shown; each before those that it started. */
export function liveRuns(runs: readonly Run[], shown: Run | null): Run[] {
  const found = runs.filter((run) => run === shown || BY_STATUS.includes(run.status));
  const under = (run: Run): Run[] => [run, ...found.filter((one) => one.parent === run.run).flatMap(under)];
  return found.filter((run) => !found.some((one) => one.run === run.parent)).flatMap(under);
}

export function standbyCue(run: Run | null): Cue | null {
  return run?.cues.find((cue) => cue.number === run.standby) ?? null;
}

/** The number of the cue that `back` would put in standby, past what is passed over; null where there is none. */
export function cueBefore(run: Run | null): string | null {
  if (run === null) return null;
  const at = run.cues.findIndex((cue) => cue.number === run.standby);
  const before = at === -1 ? run.cues : run.cues.slice(0, at);
  return before.findLast((cue) => !cue.skip)?.number ?? null;
}

/** The slot that `start` would start on a surface: the next to come of it. */
export function nextSlot(board: Board, surface: string): Slot | null {
  return board.slots.find((slot) => slot.surface === surface && slot.status === "planned") ?? null;
}

/** Who has in hand what an auto slot to come would find on its surface; null for nobody. */
export function handMet(board: Board, slot: Slot): string | null {
  if (slot.status !== "planned" || slot.start !== "auto") return null;
  const here = board.outputs.filter((output) => output.surface === slot.surface).map(({ output }) => output);
  const run = board.runs.find(
    (one) => one.in_hand && BY_STATUS.includes(one.status) && one.outputs.some((output) => here.includes(output)),
  );
  return run === undefined ? null : (run.control?.by ?? run.by);
}

export function otherSide(which: Which): Which {
  return which === "main" ? "backup" : "main";
}

/** The runs under way on a server's outputs: a take-over moves their picture. */
export function runsOn(board: Board, server: string): Run[] {
  const outputs = board.outputs.filter((output) => output.server === server).map(({ output }) => output);
  return board.runs.filter(
    (run) => (run.status === "running" || run.status === "holding") && run.outputs.some((output) => outputs.includes(output)),
  );
}

/** The runs that a cue of this run started, and that live. */
export function childrenOf(runs: readonly Run[], run: Run | null): Run[] {
  return runs.filter((one) => run !== null && one.parent === run.run && BY_STATUS.includes(one.status));
}

/** Whether a cue is within its warning: its instant is known and near. A held run counts nothing down. */
export function warns(run: Run | null, cue: Cue, now: number): boolean {
  return cue.status === "pending" && run?.status !== "holding" && cue.warn_at !== null && now >= cue.warn_at;
}

/** The cue that went last and runs, then what goes by itself, then what has run for longer. */
export function goingOn(run: Run | null): Cue[] {
  const cues = run?.cues ?? [];
  const running = cues.filter((cue) => cue.status === "running");
  const [newest, ...older] = running.toSorted((a, b) => (b.went ?? 0) - (a.went ?? 0));
  const pending = cues.filter((cue) => cue.status === "pending");
  const coming = pending.toSorted((a, b) => (a.due ?? Infinity) - (b.due ?? Infinity));
  return [...(newest ? [newest] : []), ...coming, ...older];
}

export function said(output: Output, now: number): Said {
  if (output.routing !== "wire") return output.routing;
  return saidOnTheWire(output, now);
}

/** As if what it says came by the wire: of a simulator too. */
export function saidOnTheWire(output: Output, now: number): Exclude<Said, "simulator"> {
  return awaits(output.agreement, output.sent_at, now) ? "sent" : output.agreement;
}

export function awaits(agreement: Agreement, sentAt: number | null, now: number): boolean {
  const open = agreement === "no reply" || agreement === "differs";
  return open && sentAt !== null && now - sentAt < AWAITED;
}

/** The worst of what one address of a server says of its outputs; null where it drives none. */
export function saidByAddress(board: Board, server: string, which: Which, now: number): Said | null {
  const found = board.outputs
    .filter((output) => output.server === server && output.routing === "wire")
    .flatMap((output) =>
      output.evidence
        .filter((evidence) => evidence.which === which)
        .map((evidence) => (awaits(evidence.agreement, output.sent_at, now) ? "sent" : evidence.agreement)),
    );
  return WORST_FIRST.find((one) => found.some((heard) => heard === one)) ?? null;
}

const WORST_FIRST: readonly Said[] = ["differs", "no reply", "sent", "cannot be asked", "confirmed"];

/** Every output that the cue standing by will drive, with what goes by itself after it. */
export function outputsAhead(run: Run | null): string[] {
  if (run === null || run.standby === null) return [];
  const ahead = run.cues.filter((cue) => cue.number === run.standby || run.brings.includes(cue.number));
  return [...new Set(ahead.flatMap((cue) => cue.does).flatMap((act) => act.outputs))];
}

/** Outputs by surface, in the board's order. `whole` where every output of the surface is meant. */
export interface Group {
  surface: string;
  outputs: string[];
  whole: boolean;
}

export function bySurface(board: Board, outputs: readonly string[]): Group[] {
  const groups = new Map<string, string[]>();
  for (const id of outputs) {
    const surface = board.outputs.find((output) => output.output === id)?.surface ?? "";
    groups.set(surface, [...(groups.get(surface) ?? []), id]);
  }
  return [...groups].map(([surface, ids]) => {
    const all = board.outputs.filter((output) => output.surface === surface);
    return { surface, outputs: ids, whole: all.length > 1 && all.length === ids.length };
  });
}

/** `facade-west` on `facade` is `west`. */
export function shortName(output: string, surface: string): string {
  return output.startsWith(`${surface}-`) ? output.slice(surface.length + 1) : output;
}

/** How far what a GO touched is confirmed, by reports of what was sent since. */
export interface Proof {
  confirmed: number;
  asked: number;
  differs: number;
  unaskable: number;
  /** Off the wire: whatever is reported of it proves nothing. */
  rehearsed: number;
}

export function proofOf(board: Board, outputs: readonly string[], since: number): Proof {
  const proof: Proof = { confirmed: 0, asked: 0, differs: 0, unaskable: 0, rehearsed: 0 };
  for (const output of board.outputs.filter((one) => outputs.includes(one.output))) {
    if (output.routing !== "wire") {
      proof.rehearsed += 1;
      continue;
    }
    const fresh = output.sent_at !== null && output.sent_at >= since;
    if (output.agreement === "cannot be asked") proof.unaskable += 1;
    else proof.asked += 1;
    if (fresh && output.agreement === "confirmed") proof.confirmed += 1;
    if (fresh && output.agreement === "differs") proof.differs += 1;
  }
  return proof;
}

/** Hazard outputs of tonight, for enable and disable. */
export function hazards(board: Board): Output[] {
  return board.outputs.filter((output) => output.hazard !== null);
}

/** The next curfew of the surfaces, soonest first. */
export function nextCurfew(board: Board, now: number): Surface | null {
  const coming = board.surfaces.filter((one) => one.curfew !== null && one.curfew > now);
  return coming.sort((a, b) => (a.curfew ?? 0) - (b.curfew ?? 0))[0] ?? null;
}

/** What is where while something is off the wire: each place with its outputs by surface. */
export function routes(board: Board): { to: Routing; groups: Group[] }[] {
  return ROUTINGS.map((to) => ({
    to,
    groups: bySurface(board, board.outputs.filter((output) => output.routing === to).map(({ output }) => output)),
  })).filter(({ groups }) => groups.length > 0);
}
