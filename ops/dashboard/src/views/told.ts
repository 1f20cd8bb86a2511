/** What is said to a department: now, later and by which GO, and what was said. Pure. */

import type { Board, Cue, Run, Text } from "../board.ts";

export interface Told {
  say: string;
  to: string;
  cue: string;
  name: Text;
  run: string;
  /** `now`: its cue stands by; `timed`: it goes by itself at `at`; `with` or `after` the GO of `go`. */
  when: "now" | "timed" | "with" | "after" | "said";
  at: number | null;
  go: string | null;
}

const ALIVE: readonly Run["status"][] = ["standing by", "running", "holding"];

/** Everybody that words of tonight's runs are for, as the cues name them. */
export function departments(board: Board): string[] {
  const found = new Map<string, string>();
  for (const { to } of board.runs.flatMap((run) => run.cues.flatMap((cue) => cue.calls))) {
    if (!found.has(key(to))) found.set(key(to), to);
  }
  return [...found.values()].toSorted((a, b) => a.localeCompare(b));
}

/** The words to these departments, those to come in their order, those said newest first. */
export function toldTo(board: Board, to: readonly string[]): { coming: Told[]; said: Told[] } {
  const wanted = new Set(to.map(key));
  const all = board.runs.flatMap(ofRun).filter((one) => wanted.has(key(one.to)));
  const said = all.filter(({ when }) => when === "said").toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0));
  return { coming: all.filter(({ when }) => when !== "said").toSorted(byNearness), said };
}

/** The cues that stand by now, of every run that lives. */
export function standingBy(board: Board): { run: Run; cue: Cue }[] {
  return board.runs.flatMap((run) => {
    const cue = ALIVE.includes(run.status) ? run.cues.find(({ number }) => number === run.standby) : undefined;
    return cue === undefined ? [] : [{ run, cue }];
  });
}

function ofRun(run: Run): Told[] {
  const alive = ALIVE.includes(run.status);
  const at = run.cues.findIndex(({ number }) => number === run.standby);
  let go: string | null = null;
  return run.cues.flatMap((cue, n) => {
    if (alive && at !== -1 && n >= at && (n === at || cue.continues === "none")) go = cue.number;
    const when = whenSaid(run, cue, alive, go);
    if (when === null) return [];
    return cue.calls.map(({ say, to }) => ({ say, to, cue: cue.number, name: cue.name, run: run.run, ...when }));
  });
}

function whenSaid(run: Run, cue: Cue, alive: boolean, go: string | null): Pick<Told, "when" | "at" | "go"> | null {
  if (alive && cue.number === run.standby) return { when: "now", at: null, go };
  // In a hold no cue goes, whatever its instant was.
  if (alive && cue.status === "pending" && run.status !== "holding") return { when: "timed", at: cue.due, go: null };
  if (cue.went !== null) return { when: "said", at: cue.went, go: null };
  const open = cue.status === "to come" || cue.status === "pending";
  if (!alive || !open || go === null) return null;
  return { when: go === cue.number ? "with" : "after", at: null, go };
}

const NEAR: Record<Told["when"], number> = { now: 0, timed: 1, with: 2, after: 2, said: 3 };

/** What is said now, then what has an instant, then by GOs in the order of the cues. */
function byNearness(a: Told, b: Told): number {
  return NEAR[a.when] - NEAR[b.when] || (a.at ?? 0) - (b.at ?? 0);
}

function key(to: string): string {
  return to.trim().toLocaleLowerCase();
}
