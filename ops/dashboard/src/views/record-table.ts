import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { Speaking } from "../part.ts";
import { shared } from "../style.ts";
import { wallMillis } from "../times.ts";
import type { RecordedEntry } from "./fetching.ts";

/** A page of the record, in words. It is drawn only where its entries change. */
@customElement("lamp-record-table")
export class RecordTable extends Speaking {
  static override styles = [
    shared,
    css`
      table {
        width: 100%;
        border-collapse: collapse;
        background: var(--panel);
        line-height: 1.35;
      }
      caption {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
      th {
        position: sticky;
        top: 0;
        background: var(--raised);
        color: var(--soft);
        font-size: var(--small);
        font-weight: 600;
        text-align: left;
      }
      th,
      td {
        padding: 0.3em 0.7em;
        vertical-align: baseline;
      }
      tbody tr {
        border-top: 1px solid var(--ground);
      }
      td {
        overflow-wrap: break-word;
      }
      .what {
        overflow-wrap: anywhere;
      }
      .time {
        width: 1%;
        color: var(--soft);
        white-space: nowrap;
      }
      .where {
        color: var(--soft);
        font-size: var(--small);
      }
      td.where {
        width: 20%;
      }
      .refused .what {
        color: var(--differs);
      }
      .alarm .what {
        color: var(--heed);
      }
      .cue_went .what {
        font-weight: 600;
      }
      small {
        display: none;
        color: var(--soft);
        font-size: var(--small);
        font-weight: 400;
      }
      @media (max-width: 700px) {
        .wide {
          display: none;
        }
        small {
          display: block;
        }
        th,
        td {
          padding: 0.35em 0.4em;
        }
      }
    `,
  ];

  @property({ attribute: false }) entries: readonly RecordedEntry[] = [];
  @property() zone = "UTC";

  override render(): TemplateResult {
    return html`<table data-testid="record">
      <caption>${this.words.view["record"]}</caption>
      <thead>
        <tr>
          <th scope="col">${this.words.time}</th>
          <th scope="col" class="wide">${this.words.where}</th>
          <th scope="col" class="wide">${this.words.cueOne}</th>
          <th scope="col">${this.words.whatHappened}</th>
          <th scope="col">${this.words.who}</th>
        </tr>
      </thead>
      <tbody>
        ${this.entries.map((entry) => this.#row(entry))}
      </tbody>
    </table>`;
  }

  #row(entry: RecordedEntry): TemplateResult {
    const where = [entry.surface, entry.slot ?? entry.run, entry.output, entry.surface || entry.output ? null : entry.server].filter(Boolean).join(" · ");
    return html`<tr class=${entry.kind} data-kind=${entry.kind}>
      <td class="number time">${wallMillis(Date.parse(entry.at), this.zone)}</td>
      <td class="wide where">${where}</td>
      <td class="wide number">${entry.cue ?? ""}</td>
      <td class="what">
        ${this.text(entry.texts)}
        <small>${[where, entry.cue].filter(Boolean).join(" · ") || nothing}</small>
      </td>
      <td>${entry.by ?? ""}</td>
    </tr>`;
  }
}
