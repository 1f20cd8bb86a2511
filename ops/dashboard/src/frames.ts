/** The feed's frames, folded into the document. Pure. */

import type { components } from "./generated/api.ts";

type Schemas = components["schemas"];

export type Snapshot = Schemas["BoardDocument"];
export type Changes = Schemas["ChangesFrame"];
export type Beat = Schemas["BeatFrame"];
/** This client's own rights or lock have changed. */
export interface You {
  you: Schemas["SessionReply"];
}
/** The answer to `{"clock": T}`: the same T, and the player's clock as the service knows it. */
export interface ClockFrame {
  clock: number;
  player_at: number | null;
}
export type Frame = Snapshot | Changes | Beat | You | ClockFrame;

export function isBeat(frame: Frame): frame is Beat {
  return "beat" in frame;
}

export function isYou(frame: Frame): frame is You {
  return "you" in frame;
}

export function isClock(frame: Frame): frame is ClockFrame {
  return "clock" in frame;
}

/** The document after a frame. An older frame of the same feed changes nothing, nor does one unknown to us. */
export function fold(document: Snapshot | null, frame: Snapshot | Changes): Snapshot | null {
  if ("feed" in frame) {
    const older = document?.feed === frame.feed && frame.number < document.number;
    return older ? document : frame;
  }
  if (!("changes" in frame) || document === null || frame.number <= document.number) return document;
  return { ...document, ...frame.changes, number: frame.number };
}

/** Where to take the feed up again: another service process answers with a snapshot. */
export function resumeQuery(document: Snapshot | null): string {
  if (document === null) return "";
  return `?feed=${encodeURIComponent(document.feed)}&number=${document.number}`;
}

const FIRST = 250;
const LONGEST = 5_000;

/** How long to wait before the next try: doubling, with a quarter of jitter either way. */
export function backoff(tries: number, random: number): number {
  const length = Math.min(LONGEST, FIRST * 2 ** Math.min(tries, 10));
  return Math.round(length * (0.75 + random / 2));
}
