/** The views and their addresses. Pure: each view is a link, its choices in the query. */

export const VIEWS = ["call", "night", "facade", "clock", "department", "record"] as const;
export type View = (typeof VIEWS)[number];

/** Where the page is: a view, and what was chosen in it. */
export interface Place {
  view: View;
  choices: URLSearchParams;
}

/** The view of a path; null for one that is none of ours. `/` is Call. */
export function viewAt(path: string): View | null {
  const name = path.replace(/^\/|\/$/g, "");
  return name === "" ? "call" : (VIEWS.find((view) => view === name) ?? null);
}

export function placeAt(path: string, query: string): Place {
  return { view: viewAt(path) ?? "call", choices: new URLSearchParams(query) };
}

/** The address of a view, for a link. */
export function address(view: View, choices?: URLSearchParams): string {
  const query = choices?.toString() ?? "";
  return (view === "call" ? "/" : `/${view}`) + (query === "" ? "" : `?${query}`);
}

/** The choices with one of them changed; an empty value takes it away. */
export function chosen(choices: URLSearchParams, name: string, ...values: string[]): URLSearchParams {
  const changed = new URLSearchParams(choices);
  changed.delete(name);
  for (const value of values) if (value !== "") changed.append(name, value);
  return changed;
}

/** The secret of a link that was sent to somebody: `#link=SECRET`; null where there is none. */
export function linkSecret(hash: string): string | null {
  const secret = new URLSearchParams(hash.replace(/^#/, "")).get("link");
  return secret === null || secret === "" ? null : secret;
}
