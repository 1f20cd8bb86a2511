import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import type { Control } from "../board.ts";
import { Part } from "../part.ts";
import { shared } from "../style.ts";
import { wallTime } from "../times.ts";

/** Who has control of the run, and the one press that asks for it, takes it over or hands it back. */
@customElement("lamp-control")
export class ControlPart extends Part {
  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        gap: 0.6em;
        align-items: center;
      }
      dl {
        min-width: 0;
      }
      dt {
        color: var(--muted);
        font-size: var(--small);
        line-height: 1.2;
      }
      dd {
        font-weight: 600;
      }
      .other {
        color: var(--heed);
      }
      .mine {
        color: var(--lamp);
      }
      .buttons {
        display: flex;
        flex: none;
        gap: 0.4em;
      }
      button {
        min-height: 2.3em;
        padding: 0.2em 0.7em;
      }
      .main {
        border-color: var(--heed);
        color: #e9ddff;
      }
      @media (max-width: 700px) {
        :host {
          flex: 1 0 100%;
          justify-content: space-between;
        }
        button {
          min-height: 40px;
        }
      }
    `,
  ];

  override render(): TemplateResult {
    const { run } = this.scene;
    const control = run?.control ?? null;
    return html`<dl>
        <dt>${this.words.control}</dt>
        <dd class="cut ${this.#whose(control)}" data-testid="control" data-by=${control?.by ?? nothing}>
          ${run === null ? this.words.controlNoRun : control === null ? this.words.controlNobody : this.#has(control)}
        </dd>
      </dl>
      ${run === null ? nothing : this.#buttons(control)}`;
  }

  #whose(control: Control | null): string {
    if (control === null) return "";
    return control.by === this.scene.person.name ? "mine" : "other";
  }

  #has({ by, since }: Control): string {
    const at = wallTime(since, this.scene.board.time_zone);
    return by === this.scene.person.name ? this.words.controlMine(at) : this.words.controlOf(by, at);
  }

  #buttons(control: Control | null): TemplateResult {
    const { name } = this.scene.person;
    if (control === null) return html`<span class="buttons">${this.#button("ask", "take-control", this.words.takeControl)}</span>`;
    if (control.by === name) return html`<span class="buttons">${this.#button("hand_back", "hand-back", this.words.handBack)}</span>`;
    const asked = control.asked_by === name;
    return html`<span class="buttons">
      ${this.#button("ask", "ask-control", asked ? this.words.askedAlready : this.words.askControl, "", asked)}
      ${this.#button("take_over", "take-over", this.words.takeOver, "main")}
    </span>`;
  }

  #button(call: "ask" | "take_over" | "hand_back", testid: string, word: string, how = "", done = false): TemplateResult {
    const dead = this.scene.barred !== null || done;
    return html`<button class=${how} data-testid=${testid} ?disabled=${dead} @click=${() => this.say("lamp-control", call)}>
      ${word}
    </button>`;
  }
}
