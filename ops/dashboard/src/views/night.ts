/** A night as it is shown: planned slots beside what they came to, live or from the record. Pure. */

import { type Board, inLanguage, type Run, type Slot, type SlotStatus, type Text } from "../board.ts";
import type { NightReply } from "./fetching.ts";

/** One performance, with the instants that are known. */
export interface Ran {
  run: string;
  status: SlotStatus;
  startedAt: number | null;
  endedAt: number | null;
  /** Who has it in hand, or called it. */
  by: string[];
  cues: { number: string; name: Text; at: number; by: string | null; how: string }[];
}

export interface SlotShown {
  slot: string;
  title: Text;
  start: "auto" | "manual" | null;
  starts: number | null;
  ends: number | null;
  planned: boolean;
  status: SlotStatus;
  reason: Text | null;
  /** The title of the slot that displaces it. */
  displacedBy: Text | null;
  runs: Ran[];
}

export interface Lane {
  surface: string;
  title: Text;
  curfew: number | null;
  slots: SlotShown[];
}

export interface NightShown {
  night: string;
  title: Text;
  zone: string;
  version: number | null;
  lanes: Lane[];
}

export function tonight(board: Board): NightShown | null {
  if (board.night === null) return null;
  const titles = new Map(board.slots.map((slot) => [slot.slot, named(slot.title, slot.slot)]));
  const lanes = board.surfaces.map(({ surface, title, curfew }) => ({
    surface,
    title: named(title, surface),
    curfew,
    slots: board.slots.filter((slot) => slot.surface === surface).map((slot) => ofBoard(board, slot, titles)),
  }));
  return { night: board.night, title: board.title, zone: board.time_zone, version: board.version, lanes };
}

function ofBoard(board: Board, slot: Slot, titles: Map<string, Text>): SlotShown {
  const displaced = slot.status === "displaced" ? (/(\S+)$/.exec(slot.reason ?? "")?.[1] ?? null) : null;
  return {
    slot: slot.slot,
    title: named(slot.title, slot.slot),
    start: slot.start,
    starts: slot.starts,
    ends: slot.ends,
    planned: true,
    status: slot.status,
    reason: displaced === null ? told(slot.reasons, slot.reason) : null,
    displacedBy: displaced === null ? null : (titles.get(displaced) ?? { und: displaced }),
    runs: board.runs.filter((run) => run.slot === slot.slot && run.night === board.night).map(ranNow),
  };
}

function ranNow(run: Run): Ran {
  const hand = run.control?.by ?? (run.in_hand ? run.by : null);
  const went = run.cues.flatMap((cue) =>
    cue.went === null ? [] : [{ number: cue.number, name: cue.name, at: cue.went, by: null, how: "" }],
  );
  return {
    run: run.run,
    status: run.status,
    startedAt: run.started_at,
    endedAt: run.ended_at,
    by: hand ? [hand] : [],
    cues: went.toSorted((a, b) => a.at - b.at),
  };
}

/** Another night, from the record. */
export function asRecorded(reply: NightReply): NightShown {
  const titles = new Map(reply.slots.map((slot) => [slot.slot, named(slot.title, slot.slot)]));
  const unknown = reply.slots.map((slot) => slot.surface ?? "").filter((name) => !reply.surfaces.some((one) => one.surface === name));
  const surfaces = [
    ...reply.surfaces,
    ...[...new Set(unknown)].map((surface) => ({ surface, title: {}, kind: "", curfew: null })),
  ];
  const lanes = surfaces.map(({ surface, title, curfew }) => ({
    surface,
    title: named(title, surface),
    curfew: instant(curfew),
    slots: reply.slots.filter((slot) => (slot.surface ?? "") === surface).map((slot) => ofRecord(slot, titles)),
  }));
  return { night: reply.night, title: reply.title, zone: reply.time_zone, version: reply.version, lanes };
}

function ofRecord(slot: NightReply["slots"][number], titles: Map<string, Text>): SlotShown {
  const runs = slot.runs.map(ranThen);
  const last = slot.runs.at(-1);
  const by = slot.displaced_by;
  return {
    slot: slot.slot,
    title: named(slot.title, slot.slot),
    start: slot.start,
    starts: instant(slot.starts),
    ends: instant(slot.ends),
    planned: slot.planned,
    status: by === null ? (last?.status ?? "planned") : "displaced",
    reason: last?.reason ? last.texts : null,
    displacedBy: by === null ? null : (titles.get(by) ?? { und: by }),
    runs,
  };
}

function ranThen(run: NightReply["slots"][number]["runs"][number]): Ran {
  return {
    run: run.run,
    status: run.status,
    startedAt: instant(run.started_at),
    endedAt: instant(run.ended_at),
    by: [...run.callers],
    cues: run.cues.map(({ cue, name, at, by, how }) => ({ number: cue, name, at: Date.parse(at), by, how })),
  };
}

/** How much later than planned a run started; below zero it was early. Null where either is not known. */
export function lateness(slot: SlotShown, ran: Ran): number | null {
  return slot.starts === null || ran.startedAt === null ? null : ran.startedAt - slot.starts;
}

/** From when to when the timeline reaches, in whole steps, and its marks. */
export interface Axis {
  from: number;
  to: number;
  marks: number[];
}

const MINUTE = 60_000;
const STEPS = [15, 30, 60, 120, 240].map((minutes) => minutes * MINUTE);
const MARKS = 14;

export function axis(shown: NightShown, now: number | null): Axis | null {
  const slots = shown.lanes.flatMap((lane) => lane.slots);
  const instants = [
    ...slots.flatMap((slot) => [slot.starts, slot.ends, ...slot.runs.flatMap((ran) => [ran.startedAt, ran.endedAt])]),
    ...shown.lanes.map((lane) => lane.curfew),
  ].filter((at) => at !== null);
  if (instants.length === 0) return null;
  const first = Math.min(...instants);
  const last = Math.max(...instants);
  // The present is on it where it is near: at noon the evening is not squeezed to the right.
  const near = now !== null && now > first - 60 * MINUTE && now < last + 60 * MINUTE ? [now] : [];
  return stepped(Math.min(first, ...near), Math.max(last, ...near));
}

function stepped(first: number, last: number): Axis {
  const step = STEPS.find((one) => (last - first) / one <= MARKS) ?? 240 * MINUTE;
  const from = Math.floor(first / step) * step;
  const to = Math.max(from + step, Math.ceil(last / step) * step);
  const marks = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, n) => from + n * step);
  return { from, to, marks };
}

/** A place on the axis, from 0 to 1. */
export function along({ from, to }: Axis, at: number): number {
  return Math.min(1, Math.max(0, (at - from) / (to - from)));
}

function named(title: Text, name: string): Text {
  return inLanguage(title, "en") === "" ? { und: name } : title;
}

function told(texts: Text | null, text: string | null): Text | null {
  if (texts !== null && Object.keys(texts).length > 0) return texts;
  return text === null || text === "" ? null : { und: text };
}

function instant(at: string | null): number | null {
  return at === null ? null : Date.parse(at);
}
