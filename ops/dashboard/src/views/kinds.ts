/** Kinds of entries, grouped by what a person looks for. Pure. */

export const GROUPS = {
  /** The service knows which kinds the cue sheet tells. */
  sheet: [],
  calls: ["call", "refused", "note"],
  cues: ["cue_went", "cue_passed", "cue_dropped", "cue_skipped", "cue_held", "loop_passed", "timecode", "standby"],
  slots: ["displaced", "stands_by", "started", "ended", "lapsed", "skipped", "waiting", "held", "curfew", "hazard_end"],
  alarms: ["alarm"],
  wire: ["intent", "result", "not_sent", "evidence", "life", "on_air"],
  /** All that says something to a person: not the engine's own state, and not the night files. */
  all: [
    "displaced", "stands_by", "started", "ended", "lapsed", "skipped", "waiting", "held",
    "call", "refused", "note",
    "cue_went", "cue_passed", "cue_dropped", "cue_skipped", "cue_held",
    "loop_passed", "timecode", "on_air", "not_sent", "curfew", "hazard_end", "alarm", "standby", "intent", "result", "evidence", "life", "loaded", "term", "clock_adopted",
  ],
} as const satisfies Record<string, readonly string[]>;

export type Group = keyof typeof GROUPS;

/** What the address asks for: a group, else kinds by their own names, else the cue sheet. */
export function kindsOf(asked: readonly string[]): { group: Group | null; kinds: readonly string[] } {
  const [only] = asked;
  if (only === undefined) return { group: "sheet", kinds: GROUPS.sheet };
  if (asked.length === 1 && only in GROUPS) return { group: only as Group, kinds: GROUPS[only as Group] };
  return { group: null, kinds: asked };
}

export const ROWS = 200;

/** What the service is asked, by the choices in the address. */
export function recordQuery(choices: URLSearchParams): URLSearchParams {
  const query = new URLSearchParams();
  const { group, kinds } = kindsOf(choices.getAll("kind"));
  if (group === "sheet") query.set("sheet", "true");
  for (const kind of kinds) query.append("kind", kind);
  for (const surface of choices.getAll("surface")) query.append("surface", surface);
  for (const name of ["slot", "by", "text"]) {
    const value = choices.get(name)?.trim();
    if (value) query.set(name, value);
  }
  return query;
}

/** The page that is shown, counted from 1. */
export function pageOf(choices: URLSearchParams): number {
  const page = Number(choices.get("page") ?? 1);
  return Number.isInteger(page) && page > 0 ? page : 1;
}
