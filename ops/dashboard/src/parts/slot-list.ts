import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, query } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import { handMet, nextSlot, type Slot, type SlotStatus } from "../board.ts";
import { Part } from "../part.ts";
import { shared } from "../style.ts";
import { wallMinute } from "../times.ts";
import "./predictions.ts";

/** Tonight's slots, with what became of each and why. */
@customElement("lamp-slots")
export class SlotList extends Part {
  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 0.4em;
        min-height: 0;
      }
      ul {
        min-height: 0;
        overflow: auto;
        border-radius: 8px;
        background: var(--panel);
        scrollbar-width: thin;
        scrollbar-color: var(--line) transparent;
      }
      li {
        display: grid;
        grid-template-columns: 2.9em 1fr auto;
        gap: 0 0.6em;
        align-items: baseline;
        padding: 0.36em 0.7em;
      }
      li + li {
        border-top: 1px solid var(--ground);
      }
      .time {
        font-weight: 600;
      }
      .status {
        color: var(--soft);
        font-size: var(--small);
      }
      .sub {
        grid-column: 2 / -1;
        color: var(--muted);
        font-size: var(--small);
        line-height: 1.25;
      }
      .now .status {
        padding: 0 0.5em;
        border: 1px solid var(--lamp);
        border-radius: 1em;
        color: var(--lamp);
        font-weight: 600;
      }
      .over .title,
      .over .time {
        color: var(--muted);
      }
      .meets {
        display: block;
        color: #e9ddff;
      }
      header {
        display: flex;
        gap: 0.6em;
        align-items: center;
        justify-content: space-between;
      }
      button {
        min-height: 26px;
        padding: 0 0.7em;
        font-size: var(--small);
      }
      li button {
        grid-column: 2 / -1;
        justify-self: start;
        min-height: 30px;
        margin-top: 0.25em;
      }
      @media (max-width: 1100px) {
        button,
        li button {
          min-height: 44px;
        }
      }
      .displaced .title {
        text-decoration: line-through;
      }
    `,
  ];

  @query("[data-testid=slots]") private list!: HTMLUListElement;
  #shown: string | undefined;

  /** A night may begin with a day of slots: what is on, or comes next, is in sight. */
  protected override updated(): void {
    const { slots } = this.scene.board;
    const first = slots.find((slot) => KINDS[slot.status] === "now") ?? slots.find((slot) => this.#toCome(slot));
    if (first?.slot === this.#shown || this.list.matches(":hover, :focus")) return;
    this.#shown = first?.slot;
    const row = this.list.querySelector(`[data-slot="${CSS.escape(first?.slot ?? "")}"]`);
    // The one before it stays in sight where there is one.
    const top = row?.previousElementSibling ?? row;
    if (top) this.list.scrollTop += top.getBoundingClientRect().top - this.list.getBoundingClientRect().top;
  }

  #toCome(slot: Slot): boolean {
    return slot.status === "planned" && slot.ends > this.scene.now;
  }

  override render(): TemplateResult {
    const { slots } = this.scene.board;
    return html`<header>
        <h2 id="slots">${this.words.slots}</h2>
        ${this.#automation()}
      </header>
      <lamp-predictions .scene=${this.scene}></lamp-predictions>
      <ul tabindex="0" aria-labelledby="slots" data-testid="slots">
        ${slots.length === 0 ? html`<li>${this.words.noSlots}</li>` : repeat(slots, (slot) => slot.slot, (slot) => this.#slot(slot))}
      </ul>`;
  }

  /** While it is off the band over everything says so, and turns it on. */
  #automation(): TemplateResult {
    const { board, stale, barred } = this.scene;
    const dead = stale || barred !== null || Boolean(board.automation_off);
    return html`<button data-testid="automation" ?disabled=${dead} @click=${() => this.say("lamp-automation")}>
      ${this.words.automation}
    </button>`;
  }

  #slot(slot: Slot): TemplateResult {
    const zone = this.scene.board.time_zone;
    return html`<li class="${KINDS[slot.status]} ${slot.status}" data-slot=${slot.slot} data-status=${slot.status}>
      <span class="number time">${wallMinute(slot.starts, zone)}</span>
      <span class="title cut">${this.text(slot.title) || slot.slot}</span>
      <span class="status">${this.words.slotStatus[slot.status]}</span>
      <span class="sub">
        ${slot.surface} · ${slot.start === "auto" ? this.words.auto : this.words.manual}${slot.reason ? html` · ${this.text(slot.reasons) || slot.reason}` : nothing}
        ${this.#meets(slot)}
      </span>
      ${this.#startable(slot) ? this.#start(slot) : nothing}
    </li>`;
  }

  /** Before it meets a hand: what it will do, at the next one plainly. */
  #meets(slot: Slot): TemplateResult | typeof nothing {
    const { board } = this.scene;
    const by = nextSlot(board, slot.surface) === slot ? handMet(board, slot) : null;
    if (by !== null) return html`<b class="meets" data-testid="meets">${this.words.meetsHand[slot.meets](by)}</b>`;
    const says = slot.status === "planned" && slot.start === "auto" && slot.meets !== "wait";
    return says ? html`· ${this.words.meets[slot.meets]}` : nothing;
  }

  /** The next of its surface; and one that was passed over while its time has not passed. */
  #startable(slot: Slot): boolean {
    const missed = slot.status === "skipped" || slot.status === "lapsed";
    return nextSlot(this.scene.board, slot.surface) === slot || (missed && slot.ends > this.scene.now);
  }

  #start(slot: Slot): TemplateResult {
    const { stale, barred, board } = this.scene;
    const dead = stale || barred !== null || board.stopped !== null;
    return html`<button data-testid="start-${slot.slot}" ?disabled=${dead} @click=${() => this.say("lamp-start", slot)}>
      ${this.words.startNow} …
    </button>`;
  }
}

const KINDS: Record<SlotStatus, "now" | "over" | ""> = {
  planned: "",
  displaced: "over",
  waiting: "now",
  "standing by": "now",
  running: "now",
  holding: "now",
  ended: "over",
  lapsed: "over",
  skipped: "over",
};
