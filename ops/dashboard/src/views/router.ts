import { address, type Place, placeAt, type View, viewAt } from "./places.ts";

/** Where the page is, by the browser's own history: links, back and forward, and choices. */
export class Router {
  place: Place = placeAt(location.pathname, location.search);

  constructor(private readonly moved: (place: Place) => void) {
    addEventListener("popstate", this.#arrive);
    addEventListener("click", this.#click);
  }

  /** Another view, or other choices that are worth a step back. */
  go(view: View, choices?: URLSearchParams): void {
    history.pushState(null, "", address(view, choices));
    this.#arrive();
  }

  /** Other choices in this view: the address changes, the history does not grow. */
  choose(choices: URLSearchParams): void {
    history.replaceState(null, "", address(this.place.view, choices));
    this.#arrive();
  }

  readonly #arrive = (): void => {
    this.place = placeAt(location.pathname, location.search);
    this.moved(this.place);
  };

  /** A plain click on a link to a view stays in this page; every other is the browser's. */
  readonly #click = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.composedPath().find((one) => one instanceof HTMLAnchorElement);
    if (link === undefined || link.target !== "" || link.hasAttribute("download")) return;
    const view = link.origin === location.origin ? viewAt(link.pathname) : null;
    if (view === null) return;
    event.preventDefault();
    this.go(view, new URLSearchParams(link.search));
  };
}
