import type { Meets, Routing } from "../board.ts";

const ROUTE = { simulator: "simulator", "record only": "record only" };

/** The strings of loops, timelines, groups, what is started, and of the calls beside GO, in English. */
export const showEn = {
  // beside GO
  back: "BACK",
  backTo: (number: string) => `BACK to ${number}`,
  keyBackSkip: "Back: the cue before stands by. Skip: the cue that stands by is passed over",
  keyLeave: "Let the loop that runs finish its turn",
  // a loop
  loop: (from: string, to: string) => (from === to ? `Loop ${from}` : `Loop ${from}–${to}`),
  turn: (turn: number) => `turn ${turn}`,
  turnOf: (turn: number, times: number) => `turn ${turn} of ${times}`,
  turnsOn: "It turns until somebody leaves it",
  turnsUntil: (times: number) => `After turn ${times},`,
  lastTurn: "This turn is the last:",
  thenWaits: (number: string) => `then ${number} waits for GO`,
  thenGoes: (number: string) => `then ${number} goes by itself`,
  thenEnds: "then the run ends",
  leaveLoop: "LET IT FINISH",
  goLeaves: "leaves the loop at once",
  // timelines, groups, what is passed over, what is started
  offsetOf: (span: string) => `+${span}`,
  timelineEnters: (span: string) => `GO enters the timeline at +${span}`,
  timeline: "Timeline",
  passedOver: "passed over",
  groupHelp: (cue: string) => `Select ${cue}, its first cue`,
  postWait: "Then waits",
  startedBy: (title: string) => `started by ${title}`,
  comingUp: "COMING UP",
  loads: (clip: string) => `load ${clip}`,
  seeks: (to: string) => `go to ${to}`,
  sequences: { start: (id: string) => `starts ${id}`, end: (id: string) => `ends ${id}` },
  // automation
  automation: "Automation off …",
  automationOffBy: (by: string, at: string) => `AUTOMATION IS OFF, nothing starts by itself: ${by}, since ${at}`,
  automationOffTitle: "Turn automation off?",
  automationOffHelp:
    "What runs, runs on. No slot starts by itself until somebody turns automation on again, by name; it stays off through a restart.",
  automationReasonHint: "e.g. waiting for the mayor",
  automationOffCall: "AUTOMATION OFF",
  automationOnCall: "AUTOMATION ON",
  automationOnAs: (name: string) => `AUTOMATION ON as ${name}`,
  automationOnTitle: "Turn automation on?",
  automationOnHelp: (name: string) =>
    `In the name of ${name}. Slots start by themselves from now on. One that was skipped meanwhile stays so, unless somebody starts it.`,
  notByItself: "automation is off",
  startNow: "START NOW",
  startTitle: (title: string) => `Start ${title} now?`,
  startHelp: (at: string, ends: string) =>
    `As scheduled for ${at}, by itself and in nobody's hand, only earlier: it would end at about ${ends}.`,
  startHelpManual: (at: string) => `As scheduled for ${at}, only earlier: it stands by now, and waits for GO.`,
  startYes: (title: string) => `START ${title} NOW`,
  // what a slot does where it meets a run in hand
  meets: {
    wait: "waits for a hand",
    "take over": "takes over from a hand",
    skip: "is skipped where it meets a hand",
  } satisfies Record<Meets, string> as Record<Meets, string>,
  meetsHand: {
    wait: (by: string) => `${by} has these outputs: it waits`,
    "take over": (by: string) => `It takes over from ${by}`,
    skip: (by: string) => `${by} has these outputs: it is skipped`,
  } satisfies Record<Meets, (by: string) => string> as Record<Meets, (by: string) => string>,
  tonightEnds: "When tonight ends",
  surfaceEnds: (surface: string, at: string) => `${surface} ends ${at}`,
  cutsMend: "In time again with all of these:",
  noCut: "No slot to drop would mend it: what runs has to end earlier.",
  latestStart: (at: string) => `latest start ${at}`,
  // rehearsal
  rehearsal: "REHEARSAL",
  routed: (to: Routing, what: string) => (to === "wire" ? `on the wire: ${what}` : `${ROUTE[to]}: ${what}`),
  routing: { wire: "Wire", simulator: "Simulator", "record only": "Record only" } satisfies Record<Routing, string> as Record<
    Routing,
    string
  >,
  routes: "ROUTING …",
  routesTitle: "Where outputs go",
  routesHelp:
    "What is off the wire reaches no server: it is a rehearsal, on every screen. An output changes only while no run is under way on it, and leaves the wire only while it is dark. Back on the wire it is dark, until a cue lights it.",
  noSimulators: "Not every server has a simulator to rehearse with. On the player's machine this starts them:",
  wholeSurface: (surface: string) => `All of ${surface}`,
  routeCall: (what: string, to: string) => `${what} to ${to}`,
  rehearsedOn: (count: number) => (count === 1 ? "1 rehearsed: nothing is lit" : `${count} rehearsed: nothing is lit`),
  rehearsedHere: (to: string) => `rehearsed, not lit: ${to}`,
  // timecode
  timecode: "Timecode",
  timecodeStatus: { running: "runs", freewheeling: "not heard: runs on by itself" },
  timecodeGoes: (at: string) => `goes by itself at ${at}; GO calls it now`,
  cuesWait: (title: string, why: string) => `${title}: cues wait, ${why}. GO calls them by hand`,
  // who is on the picture
  onAir: "On air:",
  putOnAir: (which: string) => `PUT ${which.toUpperCase()} ON AIR`,
  takeOverTo: (server: string, which: string) => `PUT ${server} ${which.toUpperCase()} ON AIR`,
  switchSays: (which: string) => `differs: the switch says ${which}`,
  onAirCall: (server: string, which: string) => `${server} ${which} on air`,
  onAirTitle: (server: string, which: string) => `Put ${server} ${which} on the picture?`,
  onAirHelp: (from: string, which: string) => `The picture moves from ${from} to ${which}, once. What its switch says then is shown here.`,
  onAirYes: (which: string) => `PUT ${which.toUpperCase()} ON AIR`,
  onAirAgain: (runs: string) => `${runs} is under way on it: people see the picture move.`,
  onceMore: (yes: string) => `ONCE MORE: ${yes}`,
  // the remote
  remote: "Remote",
  remoteOpen: (at: string) => `open at ${at}`,
  remoteFrom: (networks: string) => `heard from ${networks}`,
  remoteNoPasscode: "no passcode",
  remotePasscode: "with a passcode",
  remoteAs: (name: string) => `calls as ${name}`,
};

export type ShowWords = typeof showEn;
