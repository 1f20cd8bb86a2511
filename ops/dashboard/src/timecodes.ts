/** Where a timecode is at an instant. Pure. */

import type { Timecode } from "./board.ts";

const DAY = 24 * 3_600_000;

/** While it runs, or runs on by itself, it goes on from where it was. */
export function positionAt(timecode: Timecode, now: number): number {
  const goes = timecode.status === "running" || timecode.status === "freewheeling";
  return (timecode.position + (goes ? Math.max(0, now - timecode.at) : 0)) % DAY;
}

/** To the second, as it is read from afar; the frame is in the record. */
export function hours(position: number): string {
  const seconds = Math.floor(position / 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(":");
}
