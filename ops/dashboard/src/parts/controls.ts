import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import { cueBefore, hazards, type Output, type Run } from "../board.ts";
import { barred } from "../may.ts";
import { Part } from "../part.ts";
import { predicted } from "../predicted.ts";
import { shared } from "../style.ts";
import { span, wallTime } from "../times.ts";
import { controlsStyle } from "./controls-style.ts";

/**
 * The other calls: hold, skip, fade out, hazard enables, show stop.
 *
 * Fade out and show stop are taken away by a lock or for want of the right alone: the player may hear
 * what the page does not.
 */
@customElement("lamp-controls")
export class Controls extends Part {
  static override styles = [shared, controlsStyle];

  /** On a phone, whether the calls that are seldom needed are shown too. */
  @state() private open = false;

  override render(): TemplateResult {
    const { run, board, barred } = this.scene;
    return html`${run?.status === "holding" ? this.#resume() : this.#hold(run)}
      <button class="fade" data-testid="fade-out" ?disabled=${barred !== null} @click=${() => this.say("lamp-fade-out")}>
        ${this.words.fadeOutOf(run === null || !alive(run) ? this.words.everything : run.surface)} <kbd>Esc</kbd>
      </button>
      <div class="more ${this.open ? "open" : ""}" id="more">
        <div class="group" role="group" aria-label=${this.words.calls}>${this.#back(run)} ${this.#skip(run)} ${this.#restore(run)}</div>
        <div class="group hazards" role="group" aria-label=${this.words.hazards}>
          ${repeat(hazards(board), (output) => output.output, (output) => this.#hazard(output))}
        </div>
      </div>
      ${this.#predicted(run)}
      <button class="opens" data-testid="more" aria-expanded=${this.open ? "true" : "false"} aria-controls="more" @click=${() => (this.open = !this.open)}>
        ${this.open ? this.words.less : this.words.more}
      </button>
      <button data-testid="note" ?disabled=${barred !== null} @click=${() => this.say("lamp-note")}>
        ${this.words.takeNote} <kbd>N</kbd>
      </button>
      <button
        class="stop"
        data-testid="show-stop"
        ?disabled=${board.stopped !== null || barred !== null}
        @click=${() => this.say("lamp-show-stop")}
      >
        ${this.words.showStop} …
      </button>`;
  }

  /** Calls that need control of the run, and a player that is heard. */
  get #dead(): boolean {
    const { stale, barred, heldBy } = this.scene;
    return stale || barred !== null || heldBy !== null;
  }

  #hold(run: Run | null): TemplateResult {
    return html`<button class="hold" data-testid="hold" ?disabled=${this.#dead || run?.status !== "running"} @click=${() => this.say("lamp-hold")}>
      ${this.words.hold} <kbd>H</kbd>
    </button>`;
  }

  #resume(): TemplateResult {
    const dead = this.#dead || this.scene.board.stopped !== null;
    return html`<button class="hold held" data-testid="resume" ?disabled=${dead} @click=${() => this.say("lamp-hold")}>
      ${this.words.resume} <kbd>H</kbd>
    </button>`;
  }

  /** Always there, so that what stands beside it never moves under a finger. */
  #restore(run: Run | null): TemplateResult {
    const dead = this.#dead || this.scene.board.stopped !== null || run === null || !alive(run);
    return html`<button data-testid="restore" ?disabled=${dead} @click=${() => this.say("lamp-restore")}>
      ${this.words.restore}
    </button>`;
  }

  #skip(run: Run | null): TemplateResult {
    const number = run?.standby ?? null;
    return html`<button data-testid="skip" ?disabled=${this.#dead || number === null} @click=${() => this.say("lamp-skip")}>
      ${number === null ? this.words.skip : this.words.skipNumber(number)} <kbd>K</kbd>
    </button>`;
  }

  #back(run: Run | null): TemplateResult {
    const before = cueBefore(run);
    const dead = this.#dead || run === null || !alive(run) || before === null;
    return html`<button data-testid="back" ?disabled=${dead} @click=${() => this.say("lamp-back")}>
      ${before === null ? this.words.back : this.words.backTo(before)} <kbd>J</kbd>
    </button>`;
  }

  #predicted(run: Run | null): TemplateResult | typeof nothing {
    if (run === null) return nothing;
    const end = predicted(run, this.scene.now);
    return html`<dl class="end">
      <dt>${this.words.predictedEnd}</dt>
      <dd class="number" data-testid="predicted">
        ${end === null
          ? this.words.endNotKnown
          : html`${wallTime(end.at, this.scene.board.time_zone)} <span class=${end.over >= SECOND ? "over" : "under"}>${this.#against(end.over)}</span>`}
      </dd>
    </dl>`;
  }

  #against(over: number): string {
    if (Math.abs(over) < SECOND) return this.words.onTime;
    return over > 0 ? this.words.over(span(over)) : this.words.under(span(-over));
  }

  #hazard(output: Output): TemplateResult {
    const on = output.enabled_by !== null;
    const dead = this.scene.stale || barred(this.scene.person, this.scene.board, output) !== null;
    const name = output.hazard === null ? "" : this.words[output.hazard];
    return html`<div class="hazard ${on ? "on" : ""}" data-hazard=${output.output} data-enabled=${on ? "true" : "false"}>
      <span>
        <b>${name} ${output.output}</b>
        <small>${on ? this.words.enabledBy(output.enabled_by ?? "") : this.words.notEnabled}</small>
      </span>
      ${on
        ? html`<button data-testid="disable-${output.output}" ?disabled=${dead} @click=${() => this.say("lamp-disable", output.output)}>
            ${this.words.disable}
          </button>`
        : html`<button data-testid="enable-${output.output}" ?disabled=${dead} @click=${() => this.say("lamp-enable", output.output)}>
            ${this.words.enable} …
          </button>`}
    </div>`;
  }
}

const SECOND = 1_000;

function alive(run: Run): boolean {
  return run.status === "running" || run.status === "holding" || run.status === "standing by";
}
