/** What a caller must know before the next GO: alarms that touch it, and what the evidence says. Pure. */

import { type Alarm, awaits, type Board, outputsAhead, type Run, type Which } from "./board.ts";

/** Something that the outputs of the next cue say, or their servers. */
export type Concern =
  | { kind: "life"; server: string; which: Which; life: "silent" | "unreachable"; since: number | null }
  | { kind: "differs" | "no reply"; output: string }
  | { kind: "hazard"; output: string; hazard: "laser" | "flame" };

export interface Touching {
  alarms: Alarm[];
  concerns: Concern[];
  others: Alarm[];
}

export function touching(board: Board, run: Run | null, now: number): Touching {
  const ahead = outputsAhead(run);
  const touches = (alarm: Alarm): boolean =>
    alarm.outputs === null || alarm.outputs.some((output) => ahead.includes(output));
  return {
    alarms: board.alarms.filter(touches),
    concerns: [...lives(board, ahead), ...looks(board, ahead, now), ...hazards(board, ahead)],
    others: board.alarms.filter((alarm) => !touches(alarm)),
  };
}

function lives(board: Board, ahead: readonly string[]): Concern[] {
  const wired = board.outputs.filter((one) => ahead.includes(one.output) && one.routing === "wire");
  const driving = new Set(wired.map((one) => one.server));
  return board.servers
    .filter((server) => driving.has(server.server))
    .flatMap((server) =>
      server.addresses.flatMap(({ which, life, since }): Concern[] =>
        life === "silent" || life === "unreachable"
          ? [{ kind: "life", server: server.server, which, life, since }]
          : [],
      ),
    );
}

/** Main is what the picture hangs on; a backup that is lost is told by its life. */
function looks(board: Board, ahead: readonly string[], now: number): Concern[] {
  return board.outputs
    .filter((output) => ahead.includes(output.output))
    .flatMap(({ output, agreement, sent_at }): Concern[] =>
      (agreement === "differs" || agreement === "no reply") && !awaits(agreement, sent_at, now)
        ? [{ kind: agreement, output }]
        : [],
    );
}

function hazards(board: Board, ahead: readonly string[]): Concern[] {
  return board.outputs
    .filter((output) => ahead.includes(output.output))
    .flatMap(({ output, hazard, enabled_by }): Concern[] =>
      hazard !== null && enabled_by === null ? [{ kind: "hazard", output, hazard }] : [],
    );
}
