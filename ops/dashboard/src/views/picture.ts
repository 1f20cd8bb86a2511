/** The picture along a surface, as servers have confirmed it, with the credit of each work. Pure. */

import { type Board, type Output, type Said, said, type Surface, type Text } from "../board.ts";
import type { WorkCredit } from "./fetching.ts";

/** Neighbouring outputs that show the same. `x` and `width` are parts of the surface, from 0 to 1. */
export interface Piece {
  outputs: string[];
  x: number;
  width: number;
  /** Invariant 14: only what a server has confirmed is light. */
  lit: boolean;
  level: number;
  said: Said;
  work: string | null;
  title: Text | null;
  clip: string | null;
  /** The makers' names; null where it is not known who made it. */
  artists: Text[] | null;
}

/** What is wanted of neighbouring outputs. */
export interface Wish {
  x: number;
  width: number;
  light: boolean;
  clip: string | null;
  level: number;
  title: Text | null;
}

export function pictureOf(
  board: Board,
  surface: Surface,
  credits: readonly WorkCredit[],
  now: number,
  stale: boolean,
): Piece[] {
  return joined(
    along(board, surface).map(({ output, x, width }) => {
      const lit = output.lit && !stale;
      return { ...shown(output, credits), outputs: [output.output], x, width, lit, level: output.level, said: said(output, now) };
    }),
    (one, other) =>
      one.lit === other.lit && one.work === other.work && one.clip === other.clip && one.level === other.level && one.said === other.said,
  );
}

export function wishesOf(board: Board, surface: Surface, credits: readonly WorkCredit[]): Wish[] {
  return joined(
    along(board, surface).map(({ output, x, width }) => {
      const { clip, title } = shown(output, credits);
      return { x, width, light: output.wants_light, clip, level: output.level, title };
    }),
    (one, other) => one.light === other.light && one.clip === other.clip && one.level === other.level,
  );
}

function shown(output: Output, credits: readonly WorkCredit[]): Pick<Piece, "work" | "title" | "clip" | "artists"> {
  const credit = credits.find(({ work }) => work === output.work);
  const titled = Object.keys(output.work_title).length > 0 ? output.work_title : (credit?.title ?? null);
  return {
    work: output.work,
    title: output.work === null ? null : titled,
    clip: output.clip === null ? null : (output.clip_name ?? String(output.clip)),
    artists: credit === undefined ? null : credit.artists.map(({ name }) => name),
  };
}

/** Outputs by their place; those without one share the surface evenly. */
function along(board: Board, surface: Surface): { output: Output; x: number; width: number }[] {
  const outputs = board.outputs.filter((output) => output.surface === surface.surface);
  const placed = outputs.flatMap((output) =>
    output.x === null || output.width === null ? [] : [{ output, x: output.x, width: output.width }],
  );
  if (placed.length === 0) return outputs.map((output, n) => ({ output, x: n / outputs.length, width: 1 / outputs.length }));
  const from = Math.min(0, ...placed.map(({ x }) => x));
  const length = Math.max(surface.length ?? 0, ...placed.map(({ x, width }) => x + width)) - from;
  return placed
    .map(({ output, x, width }) => ({ output, x: (x - from) / length, width: width / length }))
    .toSorted((a, b) => a.x - b.x);
}

const TOUCHING = 1e-6;

function joined<T extends { x: number; width: number }>(pieces: T[], same: (one: T, other: T) => boolean): T[] {
  const found: T[] = [];
  for (const piece of pieces) {
    const last = found.at(-1);
    const touches = last !== undefined && Math.abs(last.x + last.width - piece.x) < TOUCHING;
    if (last === undefined || !touches || !same(last, piece)) found.push(piece);
    else found[found.length - 1] = merged(last, piece);
  }
  return found;
}

function merged<T extends { x: number; width: number }>(one: T, other: T): T {
  const both = { ...one, width: other.x + other.width - one.x };
  if ("outputs" in one && "outputs" in other) {
    return { ...both, outputs: [...(one.outputs as string[]), ...(other.outputs as string[])] };
  }
  return both;
}
