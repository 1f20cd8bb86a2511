import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { type Run, standbyCue } from "../board.ts";
import type { Aim } from "../calling.ts";
import { keptFromGo } from "../may.ts";
import { Part } from "../part.ts";
import { inFlight, type Press, proof } from "../press.ts";
import { spoken } from "../spoken.ts";
import { shared } from "../style.ts";
import { wallTime } from "../times.ts";
import { why } from "../why.ts";
import "./loop.ts";
import { language } from "../words/index.ts";

/** GO, and what became of the last one: pressed, sent, went, confirmed; or refused, and by whom. */
@customElement("lamp-go")
export class GoBar extends Part {
  static override styles = [
    shared,
    css`
      .go {
        position: relative;
        display: block;
        width: 100%;
        height: clamp(88px, 16.5vh, 400px);
        border: 0;
        border-radius: 14px;
        background: var(--lamp);
        box-shadow: 0 0 42px -14px var(--lamp);
        color: #17130a;
        font-size: clamp(36px, min(4.4vw, 7.8vh), 200px);
        font-weight: 800;
        letter-spacing: 0.02em;
      }
      .go:hover:not(:disabled),
      .go:active:not(:disabled) {
        background: #fff6df;
      }
      .go.busy:disabled {
        border: 3px solid var(--lamp);
        background: var(--ground);
        box-shadow: none;
        color: var(--lamp);
        opacity: 1;
      }
      .go:disabled {
        border: 2px dashed var(--line);
        background: var(--panel);
        box-shadow: none;
        color: var(--muted);
        opacity: 1;
      }
      .go kbd {
        position: absolute;
        right: 1.4em;
        top: 50%;
        padding: 0.1em 0.7em;
        font-size: 0.24em;
        transform: translateY(-50%);
      }
      .why {
        display: block;
        font-size: 0.3em;
        font-weight: 600;
      }
      .drops {
        display: table;
        padding: 0.15em 0.8em;
        margin: 0.2em auto 0;
        border-radius: 99px;
        background: #17130a;
        color: var(--lamp);
        font-size: max(15px, 0.27em);
        font-weight: 700;
        letter-spacing: 0;
      }
      .went {
        display: flex;
        flex-direction: column;
        justify-content: center;
        height: 3em;
        margin-top: 0.3em;
        overflow: hidden;
        font-size: clamp(14px, min(1.15vw, 2.05vh), 44px);
        line-height: 1.3;
      }
      ol {
        display: flex;
        flex-wrap: wrap;
        gap: 0 0.5em;
        align-items: center;
      }
      li + li::before {
        margin-right: 0.5em;
        color: var(--muted);
        content: "›";
      }
      li.first {
        color: var(--muted);
      }
      .refused {
        color: var(--differs);
        font-weight: 700;
      }
      .rehearsed {
        color: var(--choose);
      }
      .sent {
        color: var(--sent);
      }
      @media (max-width: 1100px) {
        .go {
          height: clamp(72px, 12vh, 120px);
        }
        .go kbd {
          display: none;
        }
      }
      @media (max-width: 700px) {
        .go {
          box-shadow: none;
          font-size: 34px;
        }
        .why {
          font-size: 15px;
        }
        .went {
          height: 2.7em;
          margin-top: 0;
          font-size: 13.5px;
        }
      }
      @media (max-height: 500px) {
        .go {
          height: 64px;
        }
      }
    `,
  ];

  /** What stood by when the finger went down: that is meant, whatever stands by when it comes up. */
  #aimed: Aim | null = null;

  override render(): TemplateResult {
    const { run, stale, press, now, board } = this.scene;
    const cue = standbyCue(run);
    const busy = inFlight(press, now);
    const kept = this.#kept();
    const dead = cue === null || kept !== null || busy;
    const label = cue === null ? this.words.go : this.words.goNumber(cue.number);
    return html`<lamp-loop .scene=${this.scene}></lamp-loop>
      <button
        class="go ${busy && !stale ? "busy" : ""}"
        data-testid="go"
        data-standby=${cue?.number ?? nothing}
        ?disabled=${dead}
        @pointerdown=${() => (this.#aimed = this.#aim())}
        @click=${(event: MouseEvent) => this.say("lamp-go", event.detail === 0 ? this.#aim() : this.#aimed)}
      >
        <span>${label}</span><span class="unseen">${cue === null ? nothing : this.text(cue.name)}</span>
        ${kept === null ? this.#drops(run) : html`<span class="why" data-testid="kept">${kept}</span>`}
        <kbd aria-hidden="true">Space</kbd>
      </button>
      <div class="went">
        <ol data-testid="press" data-phase=${press?.phase ?? nothing}>
          ${press === null
            ? html`<li class="first">${this.words.noGo}</li>`
            : this.#press(press, wallTime(press.at, board.time_zone))}
        </ol>
      </div>
      <p class="unseen" role="status" data-testid="spoken">${spoken(press, board, this.words, language())}</p>`;
  }

  #aim(): Aim | null {
    const { run } = this.scene;
    const cue = standbyCue(run);
    return run === null || cue === null ? null : { run, cue };
  }

  #kept(): string | null {
    const kept = keptFromGo(this.scene);
    return kept === null ? null : this.words.kept[kept](this.scene.heldBy ?? "");
  }

  #drops(run: Run | null): TemplateResult {
    const leaves = run?.looping ? this.words.goLeaves : "";
    const drops = run !== null && run.drops.length > 0 ? this.words.drops(run.drops.join(", ")) : "";
    if (leaves === "" && drops === "") return html`${nothing}`;
    return html`<span class="drops" data-testid="drops">${[leaves, drops].filter(Boolean).join(" · ")}</span>`;
  }

  #press(press: Press, at: string): TemplateResult {
    return html`<li class="first number">
        ${this.words.goNumber(press.standby)} ${this.text(press.name)}, ${at}
      </li>
      ${this.#phase(press)}`;
  }

  #phase(press: Press): TemplateResult {
    switch (press.phase) {
      case "pressed":
        return html`<li>${this.words.pressed}</li>`;
      case "sent":
        return html`<li class="sent">${this.words.sent} …</li>`;
      case "unknown":
        return html`<li class="refused">${this.words.unknownGo}</li>`;
      case "refused":
        return this.#refused(press);
      case "went":
        return html`<li>${this.words.went}</li>
          ${press.recorded ? nothing : html`<li class="refused">${this.words.notRecorded}</li>`}
          ${this.#proof(press)}`;
    }
  }

  /** By whom, and what a GO would fire now. */
  #refused(press: Press): TemplateResult {
    const run = this.scene.board.runs.find((one) => one.run === press.run) ?? null;
    const cue = standbyCue(run);
    const now = cue === null ? "" : `${cue.number} ${this.text(cue.name)}`;
    return html`<li class="refused" data-testid="refused">${this.words.refused(why(press, this.words, language()))}</li>
      ${now === "" ? nothing : html`<li class="first" data-testid="stands-by-now">${this.words.standsByNow(now)}</li>`}`;
  }

  #proof(press: Press): TemplateResult {
    const { confirmed, asked, differs, unaskable, rehearsed } = proof(press, this.scene.board);
    if (press.outputs.length === 0) return html`${nothing}`;
    const off = rehearsed > 0 ? html`<li class="rehearsed" data-testid="rehearsed">${this.words.rehearsedOn(rehearsed)}</li>` : nothing;
    if (asked + unaskable === 0) return html`${off}`;
    const all = asked > 0 && confirmed === asked;
    // It was confirmed, and is no more: said, but not in the colour of what is.
    if (press.confirmed && !all) return html`<li class="first" data-testid="proof">${this.words.wasConfirmed(asked)}</li>`;
    const word = all ? "confirmed" : "sent";
    return html`<li>
        <span class="agreement ${word}" data-testid="proof" data-agreement=${word}
          >${this.words.proof(confirmed, asked)}</span
        >
      </li>
      ${differs > 0 && !all ? html`<li><span class="agreement differs">${this.words.proofDiffers(differs)}</span></li>` : nothing}
      ${unaskable > 0 ? html`<li class="first">${this.words.unaskable(unaskable)}</li>` : nothing}
      ${off}`;
  }
}
