import { inLanguage, type Text } from "./board.ts";
import type { Words } from "./words/index.ts";

interface Refused {
  status: number | null;
  reasons: Text | null;
  by: string | null;
}

/** Why a call was refused: the player's own sentence, with who stands in the way where it does not say. */
export function why(refused: Refused, words: Words, language: string): string {
  if (refused.status === 423) return words.refusedLocked;
  if (refused.status === 403) return words.refusedNoRight;
  const reason = inLanguage(refused.reasons ?? {}, language) || String(refused.status ?? "");
  return refused.by === null || reason.includes(refused.by) ? reason : `${reason} (${refused.by})`;
}
