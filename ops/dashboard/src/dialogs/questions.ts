/** Questions that name what their yes does. */

import type { Which } from "../board.ts";
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

export function automating(name: string, then: () => void): Question {
  return {
    title: () => words().automationOnTitle,
    help: () => words().automationOnHelp(name),
    yes: () => words().automationOnAs(name),
    testid: "automation-on-confirm",
    then,
  };
}

/** `ends`: when it would end; null for one that then waits for GO. */
export function starting(title: string, at: string, ends: string | null, then: () => void): Question {
  return {
    title: () => words().startTitle(title),
    help: () => (ends === null ? words().startHelpManual(at) : words().startHelp(at, ends)),
    yes: () => words().startYes(title),
    testid: "start-confirm",
    then,
  };
}

/** `runs`: what is under way on the server; then it is asked twice. */
export function switching(server: string, which: Which, from: Which, runs: readonly string[], then: () => void): Question {
  return {
    title: () => words().onAirTitle(server, words().which[which]),
    help: () => words().onAirHelp(words().which[from], words().which[which]),
    yes: () => words().onAirYes(words().which[which]),
    testid: "on-air-confirm",
    then,
    again: runs.length === 0 ? undefined : () => words().onAirAgain(runs.join(", ")),
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
