import { css, html, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import { type Board, chosenRun, type Run } from "./board.ts";
import { Calling } from "./calling.ts";
import { type LocalTime, localTime, STALE_AFTER, type VenueClock } from "./clock.ts";
import { ConfirmDialog } from "./dialogs/confirm.ts";
import { Dialog } from "./dialogs/dialog.ts";
import { KeysDialog } from "./dialogs/keys.ts";
import { ShowStopDialog } from "./dialogs/show-stop.ts";
import { type Intent, Keys, type Place } from "./keys.ts";
import { type Scene, Speaking } from "./part.ts";
import { shared } from "./style.ts";
import "./parts/index.ts";
import { words } from "./words/index.ts";

/** Ticks on fifths of a second of the venue's clock, so that its seconds change in time. */
const TICK = 200;

/** The call page: lays out the parts, hears keys and asks, makes the calls. */
@customElement("lamp-call")
export class CallPage extends Speaking {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        grid-template: auto auto minmax(0, 1fr) auto / minmax(270px, 19.5vw) minmax(0, 1fr) minmax(360px, 28vw);
        height: 100dvh;
        min-height: 640px;
      }
      lamp-top,
      lamp-bands,
      lamp-controls {
        grid-column: 1 / -1;
      }
      .side,
      main {
        display: flex;
        flex-direction: column;
        gap: var(--gap);
        min-width: 0;
        min-height: 0;
        padding: var(--gap);
      }
      .left {
        border-right: 1px solid var(--line);
      }
      .right {
        border-left: 1px solid var(--line);
        overflow: auto;
      }
      main {
        padding: var(--gap) calc(var(--gap) * 1.8);
      }
      lamp-cues {
        flex: 3 1 0;
      }
      lamp-slots {
        flex: 2 1 0;
      }
      lamp-standby {
        flex: 1 1 0;
      }
      lamp-running {
        flex: none;
        height: clamp(6.6em, 15.5vh, 11em);
      }
      lamp-lines {
        flex: 1 1 0;
      }
      /* Nothing of a page that has not heard the player may look alive. */
      :host([stale]) {
        --confirmed: var(--unknown);
        --sent: var(--unknown);
        --lamp: #c4c4c4;
      }
      :host([stale]) main,
      :host([stale]) .side,
      :host([stale]) lamp-top {
        filter: grayscale(1);
        opacity: 0.45;
      }
      @media (max-width: 1100px) {
        :host {
          grid-template: auto auto auto auto auto / minmax(250px, 2fr) 3fr;
          height: auto;
          min-height: 100dvh;
        }
        lamp-controls {
          position: sticky;
          bottom: 0;
          z-index: 1;
          grid-row: 5;
        }
        lamp-standby {
          flex: none;
        }
        .right {
          grid-column: 1 / -1;
          border-top: 1px solid var(--line);
          border-left: 0;
        }
        lamp-lines {
          flex: none;
          height: 18em;
        }
      }
      @media (max-width: 700px) {
        :host {
          display: flex;
          flex-direction: column;
        }
        main {
          order: 1;
        }
        .left {
          order: 2;
          border-right: 0;
          border-top: 1px solid var(--line);
        }
        .right {
          order: 3;
        }
        lamp-controls {
          order: 4;
          margin-top: auto;
        }
        lamp-cues,
        lamp-slots,
        lamp-lines {
          flex: none;
          height: auto;
        }
        lamp-running {
          height: auto;
        }
      }
    `,
  ];

  @property({ attribute: false }) board!: Board;
  @property({ attribute: false }) clock!: VenueClock;
  @property() name = "";
  @property({ type: Boolean }) connected = false;
  @property({ type: Boolean, reflect: true }) stale = false;

  @state() private picked: string | null = null;
  @state() private selected: string | null = null;
  @query("lamp-show-stop") private showStop!: ShowStopDialog;
  @query("lamp-confirm") private confirm!: ConfirmDialog;
  @query("lamp-keys") private keysList!: KeysDialog;

  readonly #calling = new Calling(
    () => this.requestUpdate(),
    () => this.clock.now(localTime()),
  );
  readonly #keys = new Keys();
  #local: LocalTime = localTime();
  #opened = performance.now();
  #tick = 0;
  #standing = "";

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("keydown", this.#down, { capture: true });
    addEventListener("keyup", this.#up, { capture: true });
    addEventListener("blur", this.#blur);
    this.#opened = performance.now();
    this.#beat();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("keydown", this.#down, { capture: true });
    removeEventListener("keyup", this.#up, { capture: true });
    removeEventListener("blur", this.#blur);
    window.clearTimeout(this.#tick);
  }

  override willUpdate(): void {
    this.#local = localTime();
    this.clock.glance(this.#local);
    this.stale = this.#isStale();
    this.#calling.see(this.board);
    const run = this.#run();
    const standing = `${run?.run} ${run?.standby_count}`;
    // What was selected was selected beside another standby.
    if (standing !== this.#standing) this.selected = null;
    this.#standing = standing;
  }

  override render(): TemplateResult {
    const scene = this.#scene();
    return html`<lamp-top .scene=${scene} @lamp-keys=${() => this.keysList.show()}></lamp-top>
      <lamp-bands .scene=${scene} @lamp-restart=${() => this.#restart()}></lamp-bands>
      <div class="side left">
        <lamp-cues
          .scene=${scene}
          @lamp-select=${(event: CustomEvent<string>) => (this.selected = event.detail)}
          @lamp-standby=${(event: CustomEvent<string>) => this.#standby(event.detail)}
        ></lamp-cues>
        <lamp-slots .scene=${scene}></lamp-slots>
      </div>
      <main>
        <lamp-standby .scene=${scene} @lamp-pick-run=${(event: CustomEvent<string>) => (this.picked = event.detail)}></lamp-standby>
        <lamp-go .scene=${scene} @lamp-go=${() => this.#go()}></lamp-go>
        <lamp-running .scene=${scene}></lamp-running>
      </main>
      <div class="side right">
        <lamp-facade .scene=${scene}></lamp-facade>
        <lamp-evidence .scene=${scene}></lamp-evidence>
        <lamp-lines .scene=${scene}></lamp-lines>
      </div>
      <lamp-controls
        .scene=${scene}
        @lamp-hold=${() => this.#hold()}
        @lamp-resume=${() => this.#hold()}
        @lamp-restore=${() => this.#restore()}
        @lamp-skip=${() => this.#skip()}
        @lamp-fade-out=${() => this.#fadeOut()}
        @lamp-show-stop=${() => this.showStop.show()}
        @lamp-enable=${(event: CustomEvent<string>) => this.#enable(event.detail)}
        @lamp-disable=${(event: CustomEvent<string>) => this.#disable(event.detail)}
      ></lamp-controls>
      <lamp-show-stop @lamp-show-stop-confirmed=${(event: CustomEvent<string>) => this.#stop(event.detail)}></lamp-show-stop>
      <lamp-confirm></lamp-confirm>
      <lamp-keys></lamp-keys>`;
  }

  #scene(): Scene {
    return {
      board: this.board,
      now: this.clock.now(this.#local),
      silence: this.clock.silence(this.#local),
      stale: this.stale,
      connected: this.connected,
      name: this.name,
      run: this.#run(),
      selected: this.selected,
      press: this.#calling.press,
      notice: this.#calling.notice(this.words),
    };
  }

  #run(): Run | null {
    return chosenRun(this.board.runs, this.picked);
  }

  #isStale(): boolean {
    const silence = this.clock.silence(this.#local);
    return (silence ?? performance.now() - this.#opened) > STALE_AFTER;
  }

  #beat(): void {
    this.requestUpdate();
    const rest = TICK - (this.clock.now(localTime()) % TICK);
    this.#tick = window.setTimeout(() => this.#beat(), rest);
  }

  // --- keys

  readonly #down = (event: KeyboardEvent): void => {
    const { code, key, repeat, shiftKey: shift } = event;
    const modified = event.ctrlKey || event.altKey || event.metaKey;
    const meaning = this.#keys.down({ code, key, repeat, modified, shift }, place(event));
    if (meaning === null) return;
    event.preventDefault();
    if (meaning !== "swallow") this.#mean(meaning);
  };

  readonly #up = (event: KeyboardEvent): void => {
    if (this.#keys.up(event.code, place(event))) event.preventDefault();
  };

  readonly #blur = (): void => this.#keys.blur();

  #mean(intent: Intent): void {
    switch (intent) {
      case "go":
        return this.#go();
      case "hold":
        return this.#hold();
      case "fade_out":
        return this.#fadeOut();
      case "up":
        return this.#move(-1);
      case "down":
        return this.#move(1);
      case "standby":
        return this.selected === null ? undefined : this.#standby(this.selected);
      case "keys":
        return this.keysList.show();
    }
  }

  #move(by: number): void {
    const cues = this.#run()?.cues ?? [];
    const from = this.selected ?? this.#run()?.standby ?? cues[0]?.number;
    const index = cues.findIndex((cue) => cue.number === from) + by;
    this.selected = cues[Math.min(cues.length - 1, Math.max(0, index))]?.number ?? null;
  }

  // --- calls

  #go(): void {
    const run = this.#run();
    if (this.stale || this.board.stopped !== null || run?.status === "holding") return;
    void this.#calling.go(run);
  }

  #standby(number: string): void {
    const run = this.#run();
    this.selected = null;
    if (run === null || this.stale) return;
    void this.#calling.call({ call: "standby", run: run.run, standby: number }, (to) => `${to.putInStandby} ${number}`);
  }

  #hold(): void {
    const run = this.#run();
    if (run === null || this.stale) return;
    if (run.status === "holding") void this.#calling.call({ call: "resume", run: run.run }, (to) => to.resume);
    else if (run.status === "running") void this.#calling.call({ call: "hold", run: run.run }, (to) => to.hold);
  }

  #restore(): void {
    const run = this.#run();
    if (run !== null) void this.#calling.call({ call: "restore", run: run.run }, (to) => to.restore);
  }

  #skip(): void {
    const run = this.#run();
    if (run === null || run.standby === null || this.stale) return;
    void this.#calling.call({ call: "skip", run: run.run, standby: run.standby }, (to) => to.skip);
  }

  #fadeOut(): void {
    const run = this.#run();
    const live = run !== null && ["standing by", "running", "holding"].includes(run.status);
    void this.#calling.call(live ? { call: "fade_out", run: run.run } : { call: "fade_out" }, (to) => to.fadeOut);
  }

  #stop(reason: string): void {
    void this.#calling.call({ call: "show_stop", reason }, (to) => to.showStop);
  }

  #restart(): void {
    this.confirm.ask({
      title: () => words().restartTitle,
      help: () => words().restartHelp(this.name),
      yes: () => words().restartAs(this.name),
      testid: "restart-confirm",
      then: () => void this.#calling.call({ call: "restore" }, (to) => to.restart),
    });
  }

  #enable(output: string): void {
    const hazard = this.board.outputs.find((one) => one.output === output)?.hazard ?? "laser";
    this.confirm.ask({
      title: () => words().enableTitle(words()[hazard], output),
      help: () => words().enableHelp(this.name),
      yes: () => words().enableYes(words()[hazard], output),
      testid: "enable-confirm",
      then: () => void this.#calling.call({ call: "enable", output }, (to) => `${to.enable} ${output}`),
    });
  }

  #disable(output: string): void {
    void this.#calling.call({ call: "disable", output }, (to) => `${to.disable} ${output}`);
  }
}

const FIELDS = "input, textarea, select, [contenteditable]";

function place(event: KeyboardEvent): Place {
  const path = event.composedPath().filter((one): one is Element => one instanceof Element);
  if (path.some((one) => one.matches(FIELDS))) return "text";
  if (Dialog.open) return "dialog";
  return path.some((one) => one.matches("button, a[href]")) ? "button" : "page";
}
