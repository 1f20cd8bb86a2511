/** Questions that name what their yes does. */

import { words } from "../words/index.ts";
import type { Question } from "./confirm.ts";

export function restarting(name: string, then: () => void): Question {
  return {
    title: () => words().restartTitle,
    help: () => words().restartHelp(name),
    yes: () => words().restartAs(name),
    testid: "restart-confirm",
    then,
  };
}

export function enabling(hazard: "laser" | "flame", output: string, name: string, then: () => void): Question {
  return {
    title: () => words().enableTitle(words()[hazard], output),
    help: () => words().enableHelp(name),
    yes: () => words().enableYes(words()[hazard], output),
    testid: "enable-confirm",
    then,
  };
}
