import { html, type TemplateResult } from "lit";

import type { Person } from "../api.ts";
import type { VenueClock } from "../clock.ts";
import type { Snapshot } from "../frames.ts";
import type { Place, View } from "./places.ts";

/** What every view is given. */
export interface Given {
  board: Snapshot;
  clock: VenueClock;
  person: Person;
  connected: boolean;
}

export type Loaded = "loading" | "ready" | "failed";

/** Each view's script is asked for when the view is. */
const SCRIPTS: Record<View, () => Promise<unknown>> = {
  call: () => import("../call-page.ts"),
  clock: () => import("./clock-view.ts"),
};

/** Another version of the service has no longer the scripts of this page. */
export async function load(view: View): Promise<Loaded> {
  try {
    await SCRIPTS[view]();
    return "ready";
  } catch {
    return "failed";
  }
}

export function shown({ view, choices }: Place, { board, clock, person, connected }: Given): TemplateResult {
  switch (view) {
    case "call":
      return html`<lamp-call
        data-view="call"
        .board=${board}
        .clock=${clock}
        .name=${person.name}
        .person=${person}
        .connected=${connected}
      ></lamp-call>`;
    case "clock":
      return html`<lamp-clock-view
        data-view="clock"
        .board=${board}
        .clock=${clock}
        .person=${person}
        .connected=${connected}
        .choices=${choices}
      ></lamp-clock-view>`;
  }
}
