/** What actions do, in words: `facade: clip VALLEY_LIGHT, 3:00`. */

import { type Board, bySurface, type Cue, type Do, type Group, inLanguage, shortName } from "./board.ts";
import { short } from "./times.ts";
import type { Words } from "./words/index.ts";

export interface Deed {
  /** `facade`, or `facade: west, centre`; empty for what names no output, as a sequence. */
  where: string;
  what: string;
}

export function deeds(board: Board, cue: Cue, words: Words, language: string): Deed[] {
  const nowhere: Group[] = [{ surface: "", outputs: [], whole: false }];
  return cue.does.flatMap((act) =>
    (act.outputs.length === 0 ? nowhere : bySurface(board, act.outputs)).map((group) => ({
      where: place(group),
      what: [deed(board, act, words, language), lasting(act, cue)].filter(Boolean).join(", "),
    })),
  );
}

export function place({ surface, outputs, whole }: Group): string {
  const names = outputs.map((output) => shortName(output, surface));
  if (names.length === 1 && outputs[0] === `${surface}-${names[0]}`) return `${surface} ${names[0]}`;
  return surface === "" || whole ? surface || names.join(", ") : `${surface}: ${names.join(", ")}`;
}

function deed(board: Board, act: Do, words: Words, language: string): string {
  const fade = act.fade > 0 ? words.fade(short(act.fade)) : "";
  return [main(board, act, words, language), fade].filter(Boolean).join(", ");
}

function main(board: Board, act: Do, words: Words, language: string): string {
  switch (act.kind) {
    case "play":
      return words.clip(act.clip_name ?? String(act.clip ?? act.work ?? ""));
    case "level":
      return words.level(Math.round((act.value ?? 0) * 100));
    case "stop":
      return words.stop;
    case "blackout":
      return words.blackout;
    case "load":
      return words.loads(act.clip_name ?? String(act.clip ?? act.work ?? ""));
    case "seek":
      return words.seeks(short(act.to ?? 0));
    case "osc":
      return [act.address ?? "osc", ...act.args].join(" ");
    case "on_air":
      return words.onAirCall(act.server ?? "", words.which[act.which ?? "main"]);
    case "start":
    case "end":
      return words.sequences[act.kind](act.sequence ?? "");
    default:
      return [act.kind, workTitle(board, act.work, language)].filter(Boolean).join(" ");
  }
}

function lasting(act: Do, cue: Cue): string {
  return act.kind === "play" && cue.length !== null && cue.length > 0 ? short(cue.length) : "";
}

function workTitle(board: Board, work: string | null, language: string): string {
  const shown = board.outputs.find((output) => work !== null && output.work === work);
  return shown ? inLanguage(shown.work_title, language) : "";
}
