import { html, noChange, type TemplateResult } from "lit";
import { directive, Directive, type ElementPart } from "lit/directive.js";

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
  night: () => import("./night-view.ts"),
  facade: () => import("./facade-view.ts"),
  clock: () => import("./clock-view.ts"),
  department: () => import("./department-view.ts"),
  record: () => import("./record-view.ts"),
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

/** What is shown where there is nothing yet. */
export function nothingYet(person: Person): TemplateResult {
  void import("./start.ts");
  return html`<lamp-start .person=${person}></lamp-start>`;
}

export function shown({ view, choices }: Place, all: Given): TemplateResult {
  switch (view) {
    case "call":
      return html`<lamp-call data-view="call" ${given(all)}></lamp-call>`;
    case "night":
      return html`<lamp-night-view data-view="night" ${given({ ...all, choices })}></lamp-night-view>`;
    case "facade":
      return html`<lamp-facade-view data-view="facade" ${given({ ...all, choices })}></lamp-facade-view>`;
    case "clock":
      return html`<lamp-clock-view data-view="clock" ${given({ ...all, choices })}></lamp-clock-view>`;
    case "department":
      return html`<lamp-department-view data-view="department" ${given({ ...all, choices })}></lamp-department-view>`;
    case "record":
      return html`<lamp-record-view data-view="record" ${given({ ...all, choices })}></lamp-record-view>`;
  }
}

/** Sets properties on the element in whose tag it stands: every view is given the same. */
class Giving extends Directive {
  override render(_: object): unknown {
    return noChange;
  }

  override update(part: ElementPart, [properties]: [object]): unknown {
    Object.assign(part.element, properties);
    return noChange;
  }
}

const given = directive(Giving);
