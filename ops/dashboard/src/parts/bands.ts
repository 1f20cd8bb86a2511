import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import "../rehearsal-band.ts";
import type { Board, Run } from "../board.ts";
import { Part } from "../part.ts";
import { shared } from "../style.ts";
import { automationOff } from "../told-off.ts";
import { wallTime } from "../times.ts";

/** Full-width words that nobody may miss: stale, locked, stopped, asked for control, not recorded. */
@customElement("lamp-bands")
export class Bands extends Part {
  static override styles = [
    shared,
    css`
      /* Side by side where there is room: what is told must not take the place of the cue. */
      [role="status"] {
        display: flex;
        flex-wrap: wrap;
      }
      p {
        display: flex;
        flex: 1 1 auto;
        flex-wrap: wrap;
        gap: 0.3em 1.2em;
        align-items: center;
        justify-content: center;
        min-height: 1.9em;
        padding: 0.2em var(--gap);
        font-size: clamp(15px, min(1.3vw, 2.3vh), 25px);
        font-weight: 700;
        text-align: center;
      }
      .stale {
        background: var(--text);
        color: #000;
      }
      .stopped {
        border-bottom: 2px solid var(--differs);
        background: #3a1210;
        color: #ffd9d5;
      }
      .locked {
        border-block: 2px solid var(--lamp);
        background: #2a2415;
        color: var(--lamp);
      }
      .heed {
        border-bottom: 1px solid var(--heed);
        background: #241b33;
        color: #e9ddff;
        font-size: var(--body);
      }
      .off {
        border-bottom: 2px solid var(--heed);
        background: #241b33;
        color: #e9ddff;
      }
      .ask {
        font-size: clamp(15px, min(1.3vw, 2.3vh), 25px);
      }
      .main {
        border-color: var(--heed);
        background: #e9ddff;
        color: #17121f;
      }
      .main:hover:not(:disabled) {
        background: #fff;
      }
      button {
        min-height: 1.8em;
        padding: 0.1em 0.8em;
      }
      small {
        font-weight: 500;
        font-size: 0.8em;
      }
      @media (max-width: 700px) {
        p,
        .ask {
          padding: 0.2em 0.6em;
          font-size: 13.5px;
        }
        button {
          min-height: 36px;
        }
      }
    `,
  ];

  /** A take-over that the person has read: its instant. */
  @state() private read = 0;

  override render(): TemplateResult {
    const { board, stale, notice, person, barred, escape } = this.scene;
    return html`<lamp-rehearsal .board=${board}></lamp-rehearsal>
      <div role="alert">${stale ? this.#stale() : nothing}</div>
      <div role="status">
        ${barred === "locked" ? this.#locked() : nothing}
        ${barred === "no right" ? html`<p class="heed" data-testid="no-right">${this.words.noRight(person.name)}</p>` : nothing}
        ${board.stopped === null ? nothing : this.#stopped()} ${this.#control()}
        ${board.runs.map((run) => this.#waits(run))} ${board.volatile ? html`<p class="heed">${this.words.volatile}</p>` : nothing}
        ${board.automation_off ? this.#automation(board.automation_off) : nothing}
        ${escape === "free" ? nothing : html`<p class="heed" data-testid="escape" data-escape=${escape}>${this.words.escape[escape]}</p>`}
        ${notice === null ? nothing : html`<p class="heed" data-testid="notice">${notice}</p>`}
      </div>`;
  }

  /** The seconds are kept from screen readers: they would say them each second. */
  #stale(): TemplateResult {
    const { silence, connected } = this.scene;
    const seconds = silence === null ? null : Math.floor(silence / 1000);
    return html`<p class="stale" data-testid="stale">
      <span class="unseen">${seconds === null ? this.words.staleNever : this.words.staleSpoken}</span>
      <span aria-hidden="true">${seconds === null ? this.words.staleNever : this.words.stale(seconds)}</span>
      ${connected ? nothing : html`<small>${this.words.disconnected}</small>`}
    </p>`;
  }

  #locked(): TemplateResult {
    return html`<p class="locked" data-testid="locked">
      <span>${this.words.locked}</span>
      <button data-testid="unlock" @click=${() => this.say("lamp-lock")}>${this.words.unlock} … <kbd>L</kbd></button>
    </p>`;
  }

  #stopped(): TemplateResult {
    const { board, person, barred } = this.scene;
    const { by, at, reason } = board.stopped ?? { by: "", at: 0, reason: null };
    return html`<p class="stopped" data-testid="stopped">
      <span>${this.words.stopped(by, wallTime(at, board.time_zone))}${reason ? html`: ${reason}` : nothing}</span>
      <button data-testid="restart" ?disabled=${barred !== null} @click=${() => this.say("lamp-restart")}>
        ${this.words.restartAs(person.name)} …
      </button>
    </p>`;
  }

  /** Cues of a run wait for a timecode that is lost, or astray: nobody should wonder why nothing goes. */
  #waits(run: Run): TemplateResult | typeof nothing {
    const why = this.text(run.waits ?? {});
    if (why === "") return nothing;
    return html`<p class="off" data-testid="waits" data-run=${run.run}><span>${this.words.cuesWait(this.text(run.title) || run.slot, why)}</span></p>`;
  }

  #automation(off: NonNullable<Board["automation_off"]>): TemplateResult {
    const { board, person, barred } = this.scene;
    return html`<p class="off" data-testid="automation-off">
      <span>${automationOff(off, this.words, board.time_zone)}</span>
      <button data-testid="automation-on" ?disabled=${barred !== null} @click=${() => this.say("lamp-automation-on")}>
        ${this.words.automationOnAs(person.name)} …
      </button>
    </p>`;
  }

  /** Somebody asks the one who has control, or took it from them. */
  #control(): TemplateResult | typeof nothing {
    const { run, person, board, barred } = this.scene;
    const control = run?.control ?? null;
    if (control === null) return nothing;
    const { by, since, asked_by, asked_at, before } = control;
    if (by === person.name && asked_by !== null) {
      return html`<p class="heed ask" data-testid="asked">
        <span>${this.words.asksForControl(asked_by, wallTime(asked_at ?? since, board.time_zone))}</span>
        <button class="main" data-testid="give" ?disabled=${barred !== null} @click=${() => this.say("lamp-control", "hand_back")}>
          ${this.words.giveTo(asked_by)}
        </button>
      </p>`;
    }
    if (before !== person.name || by === person.name || this.read === since) return nothing;
    return html`<p class="heed ask" data-testid="taken">
      <span>${this.words.tookControl(by, wallTime(since, board.time_zone))}</span>
      <button data-testid="taken-read" @click=${() => (this.read = since)}>${this.words.seen}</button>
    </p>`;
  }
}
