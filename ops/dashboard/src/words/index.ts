import { en, type Words } from "./en.ts";
import { ko } from "./ko.ts";

export type { Words } from "./en.ts";
export type Language = "en" | "ko";

const LANGUAGES: Record<Language, Words> = { en, ko };
const KEPT = "lamplighter.language";

const listeners = new Set<() => void>();
let current: Language = remembered();

export function language(): Language {
  return current;
}

export function words(): Words {
  return LANGUAGES[current];
}

export function chooseLanguage(chosen: Language): void {
  current = chosen;
  try {
    localStorage.setItem(KEPT, chosen);
  } catch {
    // Storage may be refused: the choice then lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

/** Called now and at each change; the returned function ends it. */
export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function remembered(): Language {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(KEPT);
  } catch {
    // as above
  }
  if (kept === "en" || kept === "ko") return kept;
  return navigator.language.startsWith("ko") ? "ko" : "en";
}
