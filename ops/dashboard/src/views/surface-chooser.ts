import { html, nothing, type TemplateResult } from "lit";

import type { Surface, Text } from "../board.ts";
import type { Words } from "../words/index.ts";
import { address, chosen, type View } from "./places.ts";

/** Links that choose a surface, so that each choice can be sent; nothing where there is no choice. */
export function surfaceChooser(
  surfaces: readonly Surface[],
  choices: URLSearchParams,
  view: View,
  words: Words,
  text: (text: Text) => string,
): TemplateResult | typeof nothing {
  if (surfaces.length < 2) return nothing;
  const wanted = choices.getAll("surface");
  const link = (name: string, title: string, current: boolean) =>
    html`<li>
      <a class="choice" href=${address(view, chosen(choices, "surface", name))} aria-current=${current ? "true" : "false"}>${title}</a>
    </li>`;
  return html`<nav aria-label=${words.surfaces} data-testid="surfaces">
    <ul class="chooser">
      ${link("", words.allSurfaces, wanted.length === 0)}
      ${surfaces.map(({ surface, title }) => link(surface, text(title) || surface, wanted.includes(surface)))}
    </ul>
  </nav>`;
}
