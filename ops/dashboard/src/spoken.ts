/** What is read aloud of a GO: its beginning and its end, each once, and nothing in between. Pure. */

import type { Board } from "./board.ts";
import { isConfirmed, type Press, proof } from "./press.ts";
import { why } from "./why.ts";
import type { Words } from "./words/index.ts";

export function spoken(press: Press | null, board: Board, words: Words, language: string): string {
  if (press === null) return "";
  const go = words.goNumber(press.standby);
  switch (press.phase) {
    case "pressed":
    case "sent":
      return "";
    case "unknown":
      return `${go}: ${words.unknownGo}`;
    case "refused":
      return `${go} ${words.refused(why(press, words, language))}`;
    case "went":
      return `${go} ${words.went}${said(press, board, words)}`;
  }
}

function said(press: Press, board: Board, words: Words): string {
  const recorded = press.recorded ? "" : `, ${words.notRecorded}`;
  if (!press.confirmed && !isConfirmed(press, board)) return recorded;
  const { asked } = proof(press, board);
  return `${recorded}, ${words.proof(asked, asked)}`;
}
