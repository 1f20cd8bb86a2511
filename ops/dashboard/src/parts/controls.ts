import { css, html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import { hazards, type Output, type Run } from "../board.ts";
import { Part } from "../part.ts";
import { shared } from "../style.ts";

/**
 * The other calls: hold, skip, fade out, hazard enables, show stop.
 *
 * Fade out and show stop are never taken away: the player may hear what the page does not.
 */
@customElement("lamp-controls")
export class Controls extends Part {
  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        gap: var(--gap);
        align-items: stretch;
        padding: var(--gap);
        border-top: 1px solid var(--line);
        background: var(--panel);
      }
      button {
        min-width: 7.5em;
        min-height: clamp(44px, 6vh, 68px);
        font-size: clamp(15px, min(1.1vw, 2vh), 21px);
        white-space: nowrap;
      }
      .group {
        display: flex;
        flex-wrap: wrap;
        gap: calc(var(--gap) * 0.7);
      }
      .held {
        border-color: var(--lamp);
        background: var(--lamp);
        color: #17130a;
      }
      .held:hover:not(:disabled) {
        background: #fff6df;
      }
      .fade {
        border-color: var(--soft);
      }
      .hazards {
        flex: 1;
        gap: var(--gap);
        justify-content: center;
      }
      .hazard {
        display: flex;
        gap: 0.8em;
        align-items: center;
        padding: 0 0.3em 0 0.9em;
        border: 1px solid var(--line);
        border-radius: 10px;
        line-height: 1.2;
      }
      .hazard.on {
        border-color: var(--heed);
      }
      .hazard button {
        min-width: 6em;
        min-height: clamp(36px, 4.8vh, 56px);
        font-size: var(--body);
      }
      .hazard b {
        display: block;
      }
      .hazard small {
        color: var(--muted);
        font-size: var(--small);
      }
      .hazard.on small {
        color: var(--heed);
        font-weight: 600;
      }
      .stop {
        border: 2px solid var(--differs);
        background: #260d0b;
        color: #ffcdc8;
        font-weight: 800;
        letter-spacing: 0.03em;
      }
      .stop:active:not(:disabled) {
        background: #4a1512;
      }
      @media (max-width: 1100px) {
        :host {
          flex-wrap: wrap;
        }
        .hazards {
          order: 3;
          flex: 1 0 100%;
          justify-content: flex-start;
        }
        .stop {
          margin-left: auto;
        }
      }
      @media (max-width: 700px) {
        :host {
          gap: 6px;
          padding: 6px;
        }
        .group:not(.hazards) {
          display: contents;
        }
        button {
          flex: 1 1 20%;
          min-width: 0;
          padding: 0.2em;
          font-size: 14px;
          white-space: normal;
        }
        .hazards {
          gap: 6px;
        }
        .hazard {
          flex: 1 0 100%;
          justify-content: space-between;
        }
        .hazard b,
        .hazard small {
          display: inline;
        }
        .hazard button {
          flex: none;
          min-width: 7em;
        }
        kbd {
          display: none;
        }
      }
    `,
  ];

  override render(): TemplateResult {
    const { run, board } = this.scene;
    return html`<div class="group" role="group" aria-label=${this.words.calls}>
        ${run?.status === "holding" ? this.#resume() : this.#hold(run)} ${this.#skip(run)}
        <button class="fade" data-testid="fade-out" @click=${() => this.say("lamp-fade-out")}>
          ${this.words.fadeOutOf(run === null || !alive(run) ? this.words.everything : run.surface)} <kbd>Esc</kbd>
        </button>
      </div>
      <div class="group hazards" role="group" aria-label=${this.words.hazards}>
        ${repeat(hazards(board), (output) => output.output, (output) => this.#hazard(output))}
      </div>
      <button class="stop" data-testid="show-stop" ?disabled=${board.stopped !== null} @click=${() => this.say("lamp-show-stop")}>
        ${this.words.showStop} …
      </button>`;
  }

  #hold(run: Run | null): TemplateResult {
    return html`<button
      data-testid="hold"
      ?disabled=${this.scene.stale || run?.status !== "running"}
      @click=${() => this.say("lamp-hold")}
    >
      ${this.words.hold} <kbd>H</kbd>
    </button>`;
  }

  #resume(): TemplateResult {
    const { stale, board } = this.scene;
    return html`<button class="held" data-testid="resume" ?disabled=${stale || board.stopped !== null} @click=${() => this.say("lamp-resume")}>
        ${this.words.resume} <kbd>H</kbd>
      </button>
      <button data-testid="restore" ?disabled=${stale || board.stopped !== null} @click=${() => this.say("lamp-restore")}>
        ${this.words.restore}
      </button>`;
  }

  #skip(run: Run | null): TemplateResult {
    const number = run?.standby ?? null;
    return html`<button data-testid="skip" ?disabled=${this.scene.stale || number === null} @click=${() => this.say("lamp-skip")}>
      ${number === null ? this.words.skip : this.words.skipNumber(number)}
    </button>`;
  }

  #hazard(output: Output): TemplateResult {
    const on = output.enabled_by !== null;
    const name = output.hazard === null ? "" : this.words[output.hazard];
    return html`<div class="hazard ${on ? "on" : ""}" data-hazard=${output.output} data-enabled=${on ? "true" : "false"}>
      <span>
        <b>${name} ${output.output}</b>
        <small>${on ? this.words.enabledBy(output.enabled_by ?? "") : this.words.notEnabled}</small>
      </span>
      ${on
        ? html`<button data-testid="disable-${output.output}" ?disabled=${this.scene.stale} @click=${() => this.say("lamp-disable", output.output)}>
            ${this.words.disable}
          </button>`
        : html`<button data-testid="enable-${output.output}" ?disabled=${this.scene.stale} @click=${() => this.say("lamp-enable", output.output)}>
            ${this.words.enable} …
          </button>`}
    </div>`;
  }
}

function alive(run: Run): boolean {
  return run.status === "running" || run.status === "holding" || run.status === "standing by";
}
