import { html, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";

import type { Person } from "./api.ts";
import { type Board, chosenRun, otherSide, type Run, runsOn, type Slot, type Which } from "./board.ts";
import type { Aim } from "./calling.ts";
import { callStyle } from "./call-style.ts";
import { type LocalTime, localTime, STALE_AFTER, type VenueClock } from "./clock.ts";
import { Desk, type Seen, type Selected } from "./desk.ts";
import { AutomationDialog } from "./dialogs/automation.ts";
import { ConfirmDialog } from "./dialogs/confirm.ts";
import { KeysDialog } from "./dialogs/keys.ts";
import { NoteDialog } from "./dialogs/note.ts";
import { PinDialog } from "./dialogs/pin.ts";
import { automating, enabling, restarting, starting, switching } from "./dialogs/questions.ts";
import { RoutesDialog, type Routed } from "./dialogs/routes.ts";
import { ShowStopDialog } from "./dialogs/show-stop.ts";
import { FullScreen } from "./escape.ts";
import { Keyboard } from "./keyboard.ts";
import type { Choosing, Intent } from "./keys.ts";
import { barred, heldBy } from "./may.ts";
import { type Scene, Speaking } from "./part.ts";
import { shared } from "./style.ts";
import "./parts/index.ts";
import { wallMinute } from "./times.ts";
import { language } from "./words/index.ts";

/** Ticks on fifths of a second of the venue's clock, so that its seconds change in time. */
const TICK = 200;

/** The call page: lays out the parts, and hands what they and the keys ask to the caller's desk. */
@customElement("lamp-call")
export class CallPage extends Speaking {
  static override styles = [shared, callStyle];

  @property({ attribute: false }) board!: Board;
  @property({ attribute: false }) clock!: VenueClock;
  @property({ attribute: false }) person!: Person;
  @property({ type: Boolean }) connected = false;
  @property({ type: Boolean, reflect: true }) stale = false;
  @query("lamp-show-stop") private showStop!: ShowStopDialog;
  @query("lamp-confirm") private confirm!: ConfirmDialog;
  @query("lamp-keys") private keysList!: KeysDialog;
  @query("lamp-automation") private automation!: AutomationDialog;
  @query("lamp-note") private note!: NoteDialog;
  @query("lamp-routes") private routes!: RoutesDialog;
  @query("lamp-pin") private pin!: PinDialog;

  readonly #desk = new Desk({
    seen: () => this.#seen(),
    now: () => this.clock.now(localTime()),
    changed: () => this.requestUpdate(),
  });
  #keyboard: Keyboard | null = null;
  #screen: FullScreen | null = null;
  #local: LocalTime = localTime();
  #opened = performance.now();
  #tick = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#keyboard = new Keyboard(() => this.#choosing(), (intent) => this.#mean(intent));
    this.#screen = new FullScreen(() => this.requestUpdate());
    this.#opened = performance.now();
    this.addEventListener("mousedown", keepFocus);
    this.addEventListener("focusin", this.#focused);
    this.#beat();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#keyboard?.end();
    this.#screen?.end();
    this.removeEventListener("mousedown", keepFocus);
    this.removeEventListener("focusin", this.#focused);
    window.clearTimeout(this.#tick);
  }

  override willUpdate(): void {
    this.#local = localTime();
    this.clock.glance(this.#local);
    this.stale = this.#isStale();
    this.#desk.see(this.#seen());
  }

  override render(): TemplateResult {
    const scene = this.#scene();
    const desk = this.#desk;
    return html`<lamp-top
        .scene=${scene}
        @lamp-keys=${() => this.keysList.show()}
        @lamp-lock=${() => this.pin.show()}
        @lamp-fill=${() => void this.#screen?.toggle()}
        @lamp-control=${(event: CustomEvent<"ask" | "take_over" | "hand_back">) => desk.control(event.detail)}
      ></lamp-top>
      <lamp-bands
        .scene=${scene}
        @lamp-lock=${() => this.pin.show()}
        @lamp-restart=${() => this.confirm.ask(restarting(this.person.name, () => desk.restart()))}
        @lamp-automation-on=${() => this.confirm.ask(automating(this.person.name, () => desk.automationOn()))}
        @lamp-control=${(event: CustomEvent<"hand_back">) => desk.control(event.detail)}
      ></lamp-bands>
      <div class="around">
        <section class="side left" aria-label=${this.words.cues}>
          <lamp-cues
            .scene=${scene}
            @lamp-select=${(event: CustomEvent<Selected>) => desk.select(event.detail)}
            @lamp-standby=${(event: CustomEvent<Selected>) => desk.standby(event.detail.run, event.detail.number)}
          ></lamp-cues>
          <lamp-slots
            .scene=${scene}
            @lamp-automation=${() => this.automation.show()}
            @lamp-start=${(event: CustomEvent<Slot>) => this.#start(event.detail)}
          ></lamp-slots>
        </section>
        <main>
          <lamp-standby .scene=${scene} @lamp-pick-run=${(event: CustomEvent<string>) => this.#pick(event.detail)}></lamp-standby>
          <lamp-running .scene=${scene}></lamp-running>
        </main>
        <section
          class="side right"
          aria-label=${this.words.evidence}
          @lamp-on-air=${(event: CustomEvent<{ server: string; which: Which }>) => this.#onAir(event.detail)}
        >
          <lamp-facade .scene=${scene}></lamp-facade>
          <lamp-alarms .scene=${scene}></lamp-alarms>
          <lamp-evidence .scene=${scene} @lamp-routes=${() => this.routes.show()}></lamp-evidence>
          <lamp-lines .scene=${scene}></lamp-lines>
        </section>
      </div>
      <lamp-go
        .scene=${scene}
        @lamp-go=${(event: CustomEvent<Aim | null>) => desk.go(event.detail)}
        @lamp-leave=${() => desk.leave()}
      ></lamp-go>
      <lamp-controls
        .scene=${scene}
        @lamp-hold=${() => desk.hold()}
        @lamp-restore=${() => desk.restore()}
        @lamp-back=${() => desk.back()}
        @lamp-skip=${() => desk.skip()}
        @lamp-fade-out=${() => desk.fadeOut()}
        @lamp-note=${() => this.note.show()}
        @lamp-show-stop=${() => this.showStop.show()}
        @lamp-enable=${(event: CustomEvent<string>) => this.#enable(event.detail)}
        @lamp-disable=${(event: CustomEvent<string>) => desk.disable(event.detail)}
      ></lamp-controls>
      <lamp-show-stop @lamp-show-stop-confirmed=${(event: CustomEvent<string>) => desk.showStop(event.detail)}></lamp-show-stop>
      <lamp-confirm></lamp-confirm>
      <lamp-automation @lamp-automation-off=${(event: CustomEvent<string>) => desk.automationOff(event.detail)}></lamp-automation>
      <lamp-note @lamp-note-written=${(event: CustomEvent<string>) => desk.note(event.detail)}></lamp-note>
      <lamp-routes .scene=${scene} @lamp-route=${(event: CustomEvent<Routed>) => desk.route(event.detail.where, event.detail.to)}></lamp-routes>
      <lamp-pin .locked=${this.person.locked}></lamp-pin>
      <lamp-keys .escape=${scene.escape}></lamp-keys>`;
  }

  #scene(): Scene {
    const { board, person, connected, stale } = this;
    const run = this.#run();
    const desk = this.#desk;
    return {
      board,
      person,
      connected,
      stale,
      run,
      now: this.clock.now(this.#local),
      measured: this.clock.measured(this.#local),
      silence: this.clock.silence(this.#local),
      barred: barred(person, board, run),
      heldBy: heldBy(person, run),
      selected: desk.selected,
      typed: desk.typed,
      press: desk.calling.press,
      notice: desk.calling.notice(this.words, language()),
      escape: this.#screen?.escape ?? "free",
      canFill: this.#screen?.possible ?? false,
    };
  }

  #seen(): Seen {
    return { board: this.board, person: this.person, stale: this.stale, run: this.#run() };
  }

  #run(): Run | null {
    return chosenRun(this.board.runs, this.#desk.picked, this.person.name);
  }

  #pick(run: string): void {
    this.#desk.picked = run;
    this.requestUpdate();
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

  #enable(output: string): void {
    const hazard = this.board.outputs.find((one) => one.output === output)?.hazard ?? "laser";
    this.confirm.ask(enabling(hazard, output, this.person.name, () => this.#desk.enable(output)));
  }

  #onAir({ server, which }: { server: string; which: Which }): void {
    const runs = runsOn(this.board, server).map((run) => this.text(run.title) || run.slot);
    this.confirm.ask(switching(server, which, otherSide(which), runs, () => this.#desk.onAir(server, which)));
  }

  #start(slot: Slot): void {
    const zone = this.board.time_zone;
    const title = this.text(slot.title) || slot.slot;
    const ends = wallMinute(this.clock.now(localTime()) + (slot.ends - slot.starts), zone);
    const auto = slot.start === "auto" ? ends : null;
    this.confirm.ask(starting(title, wallMinute(slot.starts, zone), auto, () => this.#desk.start(slot.slot)));
  }

  // --- keys

  #choosing(): Choosing {
    if (this.#desk.typed.text !== "") return "typing";
    return this.#desk.selected?.by === "keys" ? "selecting" : null;
  }

  #mean(intent: Intent): void {
    const desk = this.#desk;
    if (typeof intent === "object") return desk.type(intent.typed);
    switch (intent) {
      case "go":
        return desk.go(desk.aim());
      case "back":
        return desk.back();
      case "skip":
        return desk.skip();
      case "leave":
        return desk.leave();
      case "hold":
        return desk.hold();
      case "note":
        return this.#mayWrite();
      case "lock":
        return this.pin.show();
      case "fade_out":
        return desk.fadeOut();
      case "up":
        return desk.move(-1);
      case "down":
        return desk.move(1);
      case "standby":
        return desk.enter();
      case "erase":
        return desk.erase();
      case "clear":
        return desk.clear();
      case "keys":
        return this.keysList.show();
    }
  }

  readonly #focused = (): void => this.#desk.focused();

  #mayWrite(): void {
    if (barred(this.person, this.board, this.#run()) === null) this.note.show();
  }
}

/** A click leaves the focus where it was: else Enter, meant for a cue, would press the button again. */
function keepFocus(event: MouseEvent): void {
  const path = event.composedPath().filter((one): one is Element => one instanceof Element);
  if (path.some((one) => one.matches("dialog"))) return;
  if (path.some((one) => one.matches("button"))) event.preventDefault();
}
