/**
 * The player's clock as this page can know it.
 *
 * Each heartbeat carries the player's time; it can arrive late but never early, so the truest offset
 * is the largest one heard lately. Local time is a pair, a clock that never steps and one that also
 * counts sleep: what wakes up is noticed, and is stale until the player is heard again.
 */

export interface LocalTime {
  steady: number;
  wall: number;
}

interface Sample {
  offset: number;
  heard: number;
}

const REMEMBERED = 30_000;
const SLEPT = 5_000;
export const STALE_AFTER = 2_000;

export class VenueClock {
  #samples: Sample[] = [];
  #last: LocalTime | null = null;
  #lastPlayerAt = 0;
  #glanced: LocalTime | null = null;

  /** A heartbeat: the only thing that makes the page fresh. */
  hear(playerAt: number, local: LocalTime): void {
    this.glance(local);
    this.#learn(playerAt, local);
    this.#last = local;
    this.#lastPlayerAt = playerAt;
  }

  /** A document's own time: good for the clock, no proof that the player lives. */
  read(playerAt: number, local: LocalTime): void {
    if (this.#samples.length === 0) this.#learn(playerAt, local);
  }

  /** Called at every tick: after a sleep, what was learnt before it is forgotten. */
  glance(local: LocalTime): void {
    const before = this.#glanced;
    this.#glanced = local;
    if (before === null) return;
    const wall = local.wall - before.wall;
    const steady = local.steady - before.steady;
    if (Math.abs(wall - steady) > SLEPT) this.#samples = [];
  }

  /** The venue's time; the local wall clock's until the player was heard. */
  now(local: LocalTime): number {
    const offsets = this.#samples.map((sample) => sample.offset);
    return offsets.length === 0 ? local.wall : Math.round(local.steady + Math.max(...offsets));
  }

  /** Since when the player has not been heard; null where it never was. */
  silence(local: LocalTime): number | null {
    if (this.#last === null) return null;
    const since = Math.max(local.steady - this.#last.steady, local.wall - this.#last.wall);
    return Math.max(0, since, this.now(local) - this.#lastPlayerAt);
  }

  #learn(playerAt: number, local: LocalTime): void {
    const recent = this.#samples.filter((sample) => local.steady - sample.heard < REMEMBERED);
    this.#samples = [...recent, { offset: playerAt - local.steady, heard: local.steady }];
  }
}

export function localTime(): LocalTime {
  return { steady: performance.now(), wall: Date.now() };
}
