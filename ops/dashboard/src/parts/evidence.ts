import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import { type Output, said, saidByAddress, saidOnTheWire, type Server } from "../board.ts";
import { Part } from "../part.ts";
import { shared } from "../style.ts";
import { short } from "../times.ts";
import "./on-air.ts";

/** Reports younger than this have no age written beside them. */
const TOLD_FROM = 3000;

/** Each output with what is said of it, beside its server: main and backup, life and agreement. */
@customElement("lamp-evidence")
export class Evidence extends Part {
  static override styles = [
    shared,
    css`
      header {
        display: flex;
        gap: 0.6em;
        align-items: center;
        justify-content: space-between;
        margin-bottom: 0.35em;
      }
      header button {
        min-height: 26px;
        padding: 0 0.7em;
        font-size: var(--small);
      }
      .remote {
        margin-top: 0.5em;
        color: var(--soft);
        font-size: var(--small);
      }
      @media (max-width: 1100px) {
        header button {
          min-height: 44px;
        }
      }
      ul {
        border-radius: 8px;
        background: var(--panel);
        font-size: var(--small);
        line-height: 1.35;
      }
      li {
        display: grid;
        grid-template-columns: minmax(0, 1.22fr) minmax(0, 1.1fr) minmax(0, 0.95fr);
        gap: 0.5em;
        align-items: start;
        padding: 0.4em 0.6em;
      }
      li + li {
        border-top: 1px solid var(--ground);
      }
      .output,
      .address {
        display: flex;
        flex-direction: column;
        min-width: 0;
      }
      .says {
        display: flex;
        flex-wrap: wrap;
        gap: 0 0.4em;
        align-items: center;
        min-width: 0;
      }
      .output + .output {
        margin-top: 0.3em;
      }
      b,
      .output .agreement {
        font-weight: 700;
      }
      .hazard {
        display: inline-grid;
        place-items: center;
        width: 1.25em;
        height: 1.25em;
        border: 1px solid var(--heed);
        border-radius: 4px;
        color: var(--heed);
        font-size: 0.85em;
        font-weight: 700;
      }
      /* A name may be cut short, a server's life never. */
      .lives {
        display: flex;
        gap: 0.35em;
        white-space: nowrap;
      }
      .lives > :last-child {
        flex: none;
      }
      lamp-on-air {
        grid-column: 1 / -1;
      }
      .age {
        white-space: nowrap;
      }
      .age,
      .which {
        color: var(--muted);
        font-weight: 400;
      }
      .alive {
        color: var(--text);
      }
      .lost {
        padding: 0 0.3em;
        border-radius: 3px;
        background: var(--text);
        color: #000;
        font-weight: 700;
      }
    `,
  ];

  override render(): TemplateResult {
    const { servers } = this.scene.board;
    const dead = this.scene.stale || this.scene.barred !== null;
    return html`<header>
        <h2 id="evidence">${this.words.evidence}</h2>
        <button data-testid="routes" ?disabled=${dead} @click=${() => this.say("lamp-routes")}>${this.words.routes}</button>
      </header>
      <ul aria-labelledby="evidence">
        ${repeat(servers, (server) => server.server, (server) => this.#server(server))}
      </ul>
      ${this.#remote()}`;
  }

  /** An open door says so, and where: quietly, but to everybody who calls. */
  #remote(): TemplateResult | typeof nothing {
    const { remote } = this.scene.board;
    if (remote === null || remote === undefined) return nothing;
    const { udp, tcp, allow, passcode, name } = remote;
    const at = [udp && `udp ${udp}`, tcp && `tcp ${tcp}`].filter(Boolean).join(", ");
    return html`<p class="remote" data-testid="remote">
      <b>${this.words.remote}</b> ${this.words.remoteOpen(at)} · ${this.words.remoteFrom(allow.join(", "))} ·
      ${passcode ? this.words.remotePasscode : html`<b>${this.words.remoteNoPasscode}</b>`} · ${this.words.remoteAs(name)}
    </p>`;
  }

  #server(server: Server): TemplateResult {
    const outputs = this.scene.board.outputs.filter((output) => output.server === server.server);
    return html`<li>
      <div>${repeat(outputs, (output) => output.output, (output) => this.#output(output))}</div>
      ${server.addresses.map((address) => this.#address(server, address))}
      ${server.addresses.length > 1 ? nothing : html`<span class="which">${this.words.noBackup}</span>`}
      ${server.on_air ? html`<lamp-on-air .scene=${this.scene} .server=${server}></lamp-on-air>` : nothing}
    </li>`;
  }

  #output(output: Output): TemplateResult {
    const word = said(output, this.scene.now);
    const heard = Math.max(...output.evidence.map((one) => one.reported_at ?? 0), 0);
    const old = this.scene.now - heard >= TOLD_FROM;
    // What is confirmed was answered within the last three seconds: the player lets older answers lapse.
    const reported = word === "differs" && heard > 0 && old;
    return html`<div
      class="output"
      data-testid="output-${output.output}"
      data-output=${output.output}
      data-agreement=${word}
      data-lit=${output.lit && !this.scene.stale ? "true" : "false"}
    >
      <span class="cut"
        ><b>${output.output}</b> ${output.hazard === null
          ? nothing
          : html`<span class="hazard" role="img" aria-label=${this.words[output.hazard]} title=${this.words[output.hazard]}>!</span>`}</span
      >
      <span class="agreement ${word.replaceAll(" ", "-")}"
        >${this.words.said[word]}${this.#simulated(output)} ${reported ? html`<span class="age number">${ago(this.scene.now - heard)}</span>` : nothing}</span
      >
    </div>`;
  }

  /** What the simulator says, in the colour of a rehearsal. */
  #simulated(output: Output): string {
    return output.routing === "simulator" ? ` · ${this.words.said[saidOnTheWire(output, this.scene.now)]}` : "";
  }

  #address(server: Server, { which, life, since, address }: Server["addresses"][number]): TemplateResult {
    const word = saidByAddress(this.scene.board, server.server, which, this.scene.now);
    const lost = life === "silent" || life === "unreachable";
    const how = life === "alive" ? "alive" : lost ? "lost" : "which";
    return html`<span
      class="address"
      title=${address}
      data-testid="server-${server.server}-${which}"
      data-server=${server.server}
      data-which=${which}
      data-life=${life}
      data-agreement=${word ?? nothing}
    >
      <span class="lives"
        ><span class="which cut">${which === "main" ? server.server : ""} ${this.words.which[which]}</span>
        <span class=${how}>${this.words.life[life]}</span></span
      >
      <span class="says">
        ${word === null ? nothing : html`<span class="agreement ${word.replaceAll(" ", "-")}">${this.words.said[word]}</span>`}
        ${lost && since !== null ? html`<span class="age number">${ago(this.scene.now - since)}</span>` : nothing}
      </span>
    </span>`;
  }
}

function ago(length: number): string {
  const step = length < 10_000 ? 100 : 1000;
  return short(Math.max(0, Math.round(length / step) * step));
}
