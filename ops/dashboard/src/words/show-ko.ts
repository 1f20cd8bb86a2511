import type { ShowWords } from "./show-en.ts";

/** 반복, 시간표, 묶음, 큐가 시작한 진행, GO 곁의 콜에 쓰는 글, 한국어. */
export const showKo: ShowWords = {
  back: "앞 큐로",
  backTo: (number) => `앞 큐 ${number}로`,
  keyBackSkip: "J: 앞 큐를 대기시키기. K: 대기 중인 큐 건너뛰기",
  keyLeave: "돌고 있는 반복을 이번 회까지만",
  loop: (from, to) => (from === to ? `반복 ${from}` : `반복 ${from}–${to}`),
  turn: (turn) => `${turn}회째`,
  turnOf: (turn, times) => `${times}회 중 ${turn}회째`,
  turnsOn: "GO를 하거나 이것을 누를 때까지 반복합니다:",
  turnsUntil: (times) => `${times}회가 끝나면`,
  lastTurn: "이번 회가 마지막입니다.",
  thenWaits: (number) => `그다음 ${number} 큐가 GO를 기다립니다`,
  thenGoes: (number) => `그다음 ${number} 큐가 저절로 실행됩니다`,
  thenEnds: "그다음 진행이 끝납니다",
  leaveLoop: "이번 회까지만",
  goLeaves: "반복을 바로 벗어남",
  offsetOf: (span) => `+${span}`,
  timelineEnters: (span) => `GO를 하면 시간표의 +${span} 지점으로 들어갑니다`,
  timeline: "시간표",
  passedOver: "넘어감",
  groupHelp: (cue) => `묶음의 첫 큐 ${cue} 고르기`,
  postWait: "끝난 뒤 기다림",
  startedBy: (title) => `${title}에서 시작`,
  comingUp: "곧",
};
