import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { SlotStatus } from "../board.ts";
import { Speaking } from "../part.ts";
import { shared } from "../style.ts";
import { short, span, wallMinute, wallTime } from "../times.ts";
import { type Lane, lateness, type NightShown, type Ran, type SlotShown } from "./night.ts";

/** How much later than planned is worth a word. */
const PROMPT = 1000;

/** Each surface's slots in words: as planned, and what they came to. */
@customElement("lamp-slots-told")
export class SlotsTold extends Speaking {
  static override styles = [
    shared,
    css`
      .lanes {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr));
        gap: calc(var(--gap) * 1.5);
        align-items: start;
      }
      h2 {
        margin-bottom: 0.5em;
        color: var(--text);
        font-size: 1.15em;
        letter-spacing: 0;
      }
      h2 small {
        color: var(--muted);
        font-weight: 500;
      }
      .slots > li {
        padding: 0.6em 0.8em;
        border-radius: 8px;
        background: var(--panel);
      }
      .slots > li + li {
        margin-top: 0.4em;
      }
      header {
        display: flex;
        flex-wrap: wrap;
        gap: 0.15em 0.8em;
        align-items: baseline;
      }
      h3 {
        flex: 1 1 8em;
        margin: 0;
        font-size: 1em;
      }
      .displaced h3,
      .displaced .time {
        color: var(--muted);
        text-decoration: line-through;
      }
      .time {
        font-weight: 600;
      }
      .status {
        padding: 0 0.6em;
        border: 1px solid var(--line);
        border-radius: 1em;
        color: var(--soft);
        font-size: var(--small);
      }
      .now .status {
        border-color: var(--lamp);
        color: var(--lamp);
        font-weight: 600;
      }
      p {
        color: var(--soft);
      }
      .late {
        color: var(--text);
        font-weight: 600;
      }
      details {
        margin-top: 0.2em;
        color: var(--soft);
      }
      summary {
        width: fit-content;
        min-height: 24px;
        cursor: pointer;
      }
      summary:focus-visible {
        outline: 3px solid var(--choose);
        outline-offset: 2px;
      }
      .cues li {
        display: grid;
        grid-template-columns: 5.2em 2.6em 1fr auto;
        gap: 0.5em;
        font-size: var(--small);
      }
    `,
  ];

  @property({ attribute: false }) night!: NightShown;

  override render(): TemplateResult {
    return html`<div class="lanes">${this.night.lanes.map((lane) => this.#lane(lane))}</div>`;
  }

  #lane(lane: Lane): TemplateResult {
    const curfew = lane.curfew === null ? this.words.noCurfew : this.words.curfewAtTime(wallMinute(lane.curfew, this.night.zone));
    return html`<section data-lane=${lane.surface} aria-labelledby="lane-${lane.surface}">
      <h2 id="lane-${lane.surface}">${this.text(lane.title)} <small class="number">· ${curfew}</small></h2>
      ${lane.slots.length === 0
        ? html`<p>${this.words.noSlotsThatNight}</p>`
        : html`<ul class="slots">${lane.slots.map((slot) => this.#slot(slot))}</ul>`}
    </section>`;
  }

  #slot(slot: SlotShown): TemplateResult {
    return html`<li class="${LIVE.includes(slot.status) ? "now" : ""} ${slot.status}" data-slot=${slot.slot} data-status=${slot.status}>
      <header>
        <span class="number time">${this.#planned(slot)}</span>
        <h3>${this.text(slot.title)}</h3>
        <span class="status">${this.words.slotStatus[slot.status]}</span>
      </header>
      ${slot.displacedBy === null ? nothing : html`<p>${this.words.displacedByTitle(this.text(slot.displacedBy))}</p>`}
      ${slot.reason === null ? nothing : html`<p>${this.text(slot.reason)}</p>`}
      ${slot.runs.map((ran) => this.#ran(slot, ran))}
    </li>`;
  }

  #planned(slot: SlotShown): string {
    if (slot.starts === null) return this.words.notPlanned;
    const ends = slot.ends === null ? "" : wallMinute(slot.ends, this.night.zone);
    const times = `${wallMinute(slot.starts, this.night.zone)}–${ends}`;
    return slot.planned ? times : `${times} ${this.words.byAnotherVersion}`;
  }

  #ran(slot: SlotShown, ran: Ran): TemplateResult {
    const late = lateness(slot, ran);
    const zone = this.night.zone;
    return html`<div data-run=${ran.run}>
      ${ran.startedAt === null
        ? nothing
        : html`<p class="number">
            ${this.words.startedAt(wallTime(ran.startedAt, zone))}${late === null
              ? nothing
              : html`, <span class=${late > PROMPT ? "late" : ""}>${this.#late(late)}</span>`}
            ${ran.endedAt === null ? nothing : html`· ${this.words.endedAt(wallTime(ran.endedAt, zone))}`}
          </p>`}
      ${ran.by.length === 0 ? nothing : html`<p>${LIVE.includes(ran.status) ? this.words.inHand(ran.by.join(", ")) : this.words.calledBy(ran.by.join(", "))}</p>`}
      ${ran.cues.length === 0 ? nothing : this.#cues(ran)}
    </div>`;
  }

  #late(late: number): string {
    if (Math.abs(late) <= PROMPT) return this.words.onTime;
    const length = Math.abs(late) < 60_000 ? short(Math.round(Math.abs(late) / 1000) * 1000) : span(Math.abs(late));
    return late > 0 ? this.words.lateBy(length) : this.words.earlyBy(length);
  }

  #cues(ran: Ran): TemplateResult {
    return html`<details>
      <summary>${this.words.cuesWent(ran.cues.length)}</summary>
      <ol class="cues">
        ${ran.cues.map(
          (cue) => html`<li>
            <span class="number">${wallTime(cue.at, this.night.zone)}</span><b class="number">${cue.number}</b>
            <span>${this.text(cue.name)}</span><span>${[cue.how, cue.by].filter(Boolean).join(", ")}</span>
          </li>`,
        )}
      </ol>
    </details>`;
  }
}

const LIVE: readonly SlotStatus[] = ["waiting", "standing by", "running", "holding"];
