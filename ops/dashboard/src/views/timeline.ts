import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { Speaking } from "../part.ts";
import { placed } from "../placed.ts";
import { shared } from "../style.ts";
import { wallMinute } from "../times.ts";
import { along, type Axis, axis, type Lane, type NightShown, type Ran, type SlotShown } from "./night.ts";

/** The night drawn along its time: above what was planned, below what ran. The list beside it says it in words. */
@customElement("lamp-timeline")
export class Timeline extends Speaking {
  static override styles = [
    shared,
    css`
      :host {
        --name: clamp(90px, 9vw, 190px);
        position: relative;
        padding: 0 1.5em 0.4em 0;
        border-radius: 8px;
        background: var(--panel);
        font-size: var(--small);
      }
      .lane,
      .axis {
        display: grid;
        grid-template-columns: var(--name) 1fr;
      }
      .name {
        align-self: center;
        padding: 0 0.8em;
        font-weight: 600;
        text-align: right;
      }
      .track {
        position: relative;
        height: 6.4em;
        margin: 0.5em 0;
      }
      .axis .track {
        height: 2em;
        margin: 0;
      }
      .track > * {
        position: absolute;
      }
      .mark {
        bottom: 0;
        color: var(--muted);
        transform: translateX(-50%);
      }
      .tick {
        top: 0;
        bottom: 0;
        border-left: 1px solid #23262b;
      }
      .bar {
        min-width: 3px;
        padding: 0.15em 0.4em;
        overflow: hidden;
        border: 1px solid var(--muted);
        border-radius: 4px;
        container-type: inline-size;
        line-height: 1.25;
      }
      .bar > span {
        display: block;
        overflow: hidden;
        white-space: nowrap;
        text-overflow: ellipsis;
      }
      /* One letter of a title names nothing: the list below says it whole. */
      @container (max-width: 2.5em) {
        .bar > span {
          display: none;
        }
      }
      .planned {
        top: 0;
        height: 3em;
        border-style: dashed;
        color: var(--soft);
      }
      .planned.special {
        border-color: var(--soft);
        color: var(--text);
      }
      .displaced {
        top: 0;
        height: 1.7em;
        padding-block: 0;
        color: var(--muted);
        text-decoration: line-through;
      }
      /* What is displaced has a row of its own, above what displaces it. */
      .crowded .track {
        height: 8.3em;
      }
      .crowded .planned:not(.displaced) {
        top: 1.9em;
      }
      .crowded .ran {
        top: 5.2em;
      }
      .ran {
        top: 3.3em;
        height: 3em;
        border-color: var(--soft);
        background: #3a3d42;
        color: var(--text);
        font-weight: 600;
      }
      .ran.live {
        border-color: var(--lamp);
        background: #4a4636;
        color: var(--lamp);
      }
      .curfew {
        top: -0.3em;
        bottom: -0.3em;
        border-left: 3px double var(--differs);
      }
      .now {
        top: -0.6em;
        bottom: -0.6em;
        z-index: 1;
        border-left: 2px solid var(--lamp);
      }
    `,
  ];

  @property({ attribute: false }) night!: NightShown;
  /** To the second; null where the night is not tonight. */
  @property({ attribute: false }) now: number | null = null;

  override render(): TemplateResult | typeof nothing {
    const scale = axis(this.night, this.now);
    if (scale === null) return nothing;
    const lanes = this.night.lanes.filter((lane) => lane.slots.length > 0 || lane.curfew !== null);
    return html`<div aria-hidden="true">
      <div class="axis">
        <span></span>
        <div class="track number">
          ${scale.marks.map((at) => html`<span class="mark" ${left(scale, at)}>${wallMinute(at, this.night.zone)}</span>`)}
        </div>
      </div>
      ${lanes.map((lane) => this.#lane(scale, lane))}
    </div>`;
  }

  #lane(scale: Axis, lane: Lane): TemplateResult {
    const crowded = lane.slots.some((slot) => slot.status === "displaced");
    return html`<div class="lane ${crowded ? "crowded" : ""}">
      <span class="name">${this.text(lane.title)}</span>
      <div class="track">
        ${scale.marks.map((at) => html`<span class="tick" ${left(scale, at)}></span>`)}
        ${lane.slots.map((slot) => this.#planned(scale, slot))}
        ${lane.slots.flatMap((slot) => slot.runs.map((ran) => this.#ran(scale, slot, ran)))}
        ${lane.curfew === null ? nothing : html`<span class="curfew" title=${this.words.curfewAt} ${left(scale, lane.curfew)}></span>`}
        ${this.now === null || this.now < scale.from || this.now > scale.to ? nothing : html`<span class="now" ${left(scale, this.now)}></span>`}
      </div>
    </div>`;
  }

  #planned(scale: Axis, slot: SlotShown): TemplateResult | typeof nothing {
    if (slot.starts === null || slot.ends === null) return nothing;
    const kind = slot.status === "displaced" ? "displaced" : slot.start === "manual" ? "special" : "";
    return html`<span class="bar planned ${kind}" ${between(scale, slot.starts, slot.ends)}><span>${this.text(slot.title)}</span></span>`;
  }

  #ran(scale: Axis, slot: SlotShown, ran: Ran): TemplateResult | typeof nothing {
    if (ran.startedAt === null) return nothing;
    const live = ran.endedAt === null && this.now !== null;
    const until = ran.endedAt ?? this.now ?? slot.ends ?? ran.startedAt;
    return html`<span class="bar ran ${live ? "live" : ""}" ${between(scale, ran.startedAt, until)}><span>${this.text(slot.title)}</span></span>`;
  }
}

function left(scale: Axis, at: number): unknown {
  return placed({ left: `${along(scale, at) * 100}%` });
}

function between(scale: Axis, from: number, to: number): unknown {
  const start = along(scale, from) * 100;
  return placed({ left: `${start}%`, width: `${Math.max(0, along(scale, to) * 100 - start)}%` });
}
