/**
 * The player's clock as this page can know it.
 *
 * The page asks the service for the time and measures the way there and back: the truth is within
 * half of it. Where that is not answered, each heartbeat carries the player's time; it can arrive
 * late but never early, so the truest offset is the largest one heard lately. Local time is a pair, a
 * clock that never steps and one that also counts sleep: what wakes up is noticed, and is stale until
 * the player is heard again.
 */

export interface LocalTime {
  steady: number;
  wall: number;
}

interface Sample {
  offset: number;
  heard: number;
  /** Half the way there and back; null where only the way here was seen. */
  error: number | null;
}

/** How far this device's own clock is from the venue's, and how sure that is. */
export interface Measured {
  /** Above zero where the venue's clock is ahead of this device's. */
  ahead: number;
  error: number | null;
}

const REMEMBERED = 30_000;
/** A measured way is worth more than many beats: it is kept until the next few were measured. */
const MEASURED_FOR = 60_000;
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
    this.#learn(playerAt, local, null);
    this.#last = local;
    this.#lastPlayerAt = playerAt;
  }

  /** A document's own time: good for the clock, no proof that the player lives. */
  read(playerAt: number, local: LocalTime): void {
    if (this.#samples.length === 0) this.#learn(playerAt, local, null);
  }

  /** An answer to what was asked at `sent` on the steady clock. */
  measure(sent: number, playerAt: number, local: LocalTime): void {
    this.glance(local);
    const error = (local.steady - sent) / 2;
    if (error < 0 || this.#samples.length === 0) return;
    this.#learn(playerAt + error, local, error);
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
    const best = this.#best();
    return best === null ? local.wall : Math.round(local.steady + best.offset);
  }

  /** Null until the player was heard. */
  measured(local: LocalTime): Measured | null {
    const best = this.#best();
    return best === null ? null : { ahead: local.steady + best.offset - local.wall, error: best.error };
  }

  /** Since when the player has not been heard; null where it never was. */
  silence(local: LocalTime): number | null {
    if (this.#last === null) return null;
    const since = Math.max(local.steady - this.#last.steady, local.wall - this.#last.wall);
    return Math.max(0, since, this.now(local) - this.#lastPlayerAt);
  }

  /** The shortest way measured; else the earliest of the heartbeats. */
  #best(): Sample | null {
    const measured = this.#samples.filter((one) => one.error !== null);
    const least = (best: Sample, one: Sample): Sample => ((one.error ?? 0) < (best.error ?? 0) ? one : best);
    if (measured.length > 0) return measured.reduce(least);
    const earliest = (best: Sample, one: Sample): Sample => (one.offset > best.offset ? one : best);
    return this.#samples.length === 0 ? null : this.#samples.reduce(earliest);
  }

  #learn(playerAt: number, local: LocalTime, error: number | null): void {
    const kept = (one: Sample): boolean =>
      local.steady - one.heard < (one.error === null ? REMEMBERED : MEASURED_FOR);
    const offset = playerAt - local.steady;
    this.#samples = [...this.#samples.filter(kept), { offset, heard: local.steady, error }];
  }
}

export function localTime(): LocalTime {
  return { steady: performance.now(), wall: Date.now() };
}
