import type { View } from "../views/places.ts";

/** The strings of the navigation and of the views beside Call, in English. */
export const viewsEn = {
  view: {
    call: "Call",
    clock: "Clock",
  } satisfies Record<View, string> as Record<View, string>,
  viewHelp: {
    call: "the cue standing by, GO, and what the servers confirm",
    clock: "time left and what comes next, to be read from afar",
  } satisfies Record<View, string> as Record<View, string>,
  menu: "Views",
  openMenu: "Other views",
  loading: "Loading …",
  cannotLoad: "This view could not be loaded. The service may have been renewed meanwhile.",
  loadAgain: "Load the page again",
  linkFailed: "This link does not open anything any more. Ask who sent it, or sign in.",
  fullScreen: "Full screen",
  leaveFullScreen: "Leave full screen",
  allSurfaces: "All surfaces",
  surfaces: "Surfaces",
  // the clock
  leftOf: "left",
  soFarOf: "so far",
  thenComes: "Then",
  afterThat: "After that",
  waitsForGo: "waits for GO",
  inSpan: (span: string) => `in ${span}`,
  startsAt: (at: string) => `starts at ${at}`,
  standsByAt: (at: string) => `stands by at ${at}, then waits for GO`,
  timeHasCome: "its time has come",
  isHeld: "HELD: no cue goes",
  nothingRunsNow: "Nothing runs",
  nothingMore: "Nothing more tonight",
  noNightLoaded: "No night is loaded",
  untilCurfew: (surface: string) => `to curfew, ${surface}`,
  curfewPast: (surface: string) => `past curfew, ${surface}`,
  shownIsOld: "No word from the player: what is shown is old",
  notHeard: "No word from the player yet",
};

export type ViewsWords = typeof viewsEn;
