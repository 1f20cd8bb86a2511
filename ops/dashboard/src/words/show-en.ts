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
  turnsOn: "It turns on until GO or this:",
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
};

export type ShowWords = typeof showEn;
