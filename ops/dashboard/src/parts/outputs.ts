import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import { type Output, said, type Said, saidByAddress, type Server } from "../board.ts";
import { Part } from "../part.ts";
import { shared } from "../style.ts";
import { short } from "../times.ts";

const rows = css`
  :host {
    display: block;
  }
  h2 {
    margin-bottom: 0.35em;
  }
  ul {
    border-radius: 8px;
    background: var(--panel);
    font-size: var(--small);
  }
  li {
    padding: 0.32em 0.7em;
  }
  li + li {
    border-top: 1px solid var(--ground);
  }
  .id {
    font-weight: 600;
  }
  .age {
    color: var(--muted);
    font-weight: 400;
  }
`;

/** Each output with what its servers say of it. */
@customElement("lamp-outputs")
export class Outputs extends Part {
  static override styles = [
    shared,
    rows,
    css`
      li {
        display: grid;
        grid-template-columns: minmax(7.5em, 1fr) auto;
        gap: 0.1em 0.8em;
        align-items: center;
      }
      .agreement {
        font-weight: 600;
      }
      .hazard {
        padding: 0 0.4em;
        border: 1px solid var(--heed);
        border-radius: 4px;
        color: var(--heed);
        font-size: 0.85em;
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<h2 id="outputs">${this.words.outputs}</h2>
      <ul aria-labelledby="outputs">
        ${repeat(this.scene.board.outputs, (output) => output.output, (output) => this.#output(output))}
      </ul>`;
  }

  #output(output: Output): TemplateResult {
    const word = said(output, this.scene.now);
    return html`<li
      data-testid="output-${output.output}"
      data-output=${output.output}
      data-agreement=${word}
      data-lit=${output.lit ? "true" : "false"}
    >
      <span class="cut"
        ><span class="id">${output.output}</span>
        ${output.hazard === null ? nothing : html`<span class="hazard">${this.words[output.hazard]}</span>`}</span
      >
      <span class="agreement ${word.replaceAll(" ", "-")}">${this.words.said[word]} ${this.#age(output, word)}</span>
    </li>`;
  }

  #age(output: Output, word: Said): TemplateResult {
    const newest = Math.max(...output.evidence.map((one) => one.reported_at ?? 0), 0);
    if (word !== "confirmed" && word !== "differs") return html`${nothing}`;
    return html`<span class="age number">${ago(this.scene.now - newest)}</span>`;
  }
}

/** Each media server: main and backup, whether they live, and what they say. */
@customElement("lamp-servers")
export class Servers extends Part {
  static override styles = [
    shared,
    rows,
    css`
      li {
        display: grid;
        grid-template-columns: minmax(4.2em, 0.6fr) 1fr 1fr;
        gap: 0.8em;
        align-items: center;
      }
      .address {
        display: grid;
        min-width: 0;
        line-height: 1.35;
      }
      .life {
        color: var(--muted);
      }
      .alive {
        color: var(--text);
      }
      .lost {
        color: var(--text);
        font-weight: 700;
      }
      .dialect {
        display: block;
        color: var(--muted);
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<h2 id="servers">${this.words.servers}</h2>
      <ul aria-labelledby="servers">
        ${repeat(this.scene.board.servers, (server) => server.server, (server) => this.#server(server))}
      </ul>`;
  }

  #server(server: Server): TemplateResult {
    return html`<li>
      <span class="cut"><span class="id">${server.server}</span><span class="dialect">${server.dialect}</span></span>
      ${server.addresses.map((address) => this.#address(server, address))}
      ${server.addresses.length > 1 ? nothing : html`<span class="life">${this.words.noBackup}</span>`}
    </li>`;
  }

  #address(server: Server, { which, life, since, address }: Server["addresses"][number]): TemplateResult {
    const word = saidByAddress(this.scene.board, server.server, which, this.scene.now);
    const lost = life === "silent" || life === "unreachable";
    const how = life === "alive" ? "alive" : lost ? "lost" : "";
    return html`<span
      class="address"
      title=${address}
      data-testid="server-${server.server}-${which}"
      data-server=${server.server}
      data-which=${which}
      data-life=${life}
      data-agreement=${word ?? nothing}
    >
      <span class="life cut"
        >${this.words.which[which]} <span class=${how}>${this.words.life[life]}</span>
        ${lost && since !== null ? html`<span class="number">${ago(this.scene.now - since)}</span>` : nothing}</span
      >
      ${word === null ? nothing : html`<span class="agreement ${word.replaceAll(" ", "-")}">${this.words.said[word]}</span>`}
    </span>`;
  }
}

function ago(length: number): string {
  const rounded = length < 10_000 ? Math.round(length / 100) * 100 : Math.round(length / 1000) * 1000;
  return short(Math.max(0, rounded));
}

