import type { Person } from "./api.ts";
import { backoff, type Beat, fold, type Frame, isBeat, isClock, isYou, resumeQuery, type Snapshot } from "./frames.ts";
import { Waking } from "./waking.ts";

/** A socket that says nothing for so long may be half open: another is tried. */
const SILENT = 10_000;
/** After a sleep, one that has said nothing for so long is not waited for. */
const SILENT_ASLEEP = 1_500;
/** How often the clock is measured: a few times at once, then now and then. */
const MEASURES = 4;
const MEASURE_SOON = 150;
const MEASURE_AGAIN = 10_000;

interface Told {
  document: (document: Snapshot) => void;
  beat: (beat: Beat["beat"]) => void;
  /** The clock was asked at `sent`, on the steady clock, and it answered. */
  clock: (sent: number, playerAt: number) => void;
  /** This person's rights or lock have changed. */
  you: (person: Person) => void;
  connection: (connected: boolean) => void;
  /** The feed ended: true where it need not be tried again. */
  refused: () => Promise<boolean>;
}

/** The live feed: one socket, taken up again where it broke off, until it is closed. */
export class Live {
  document: Snapshot | null = null;
  connected = false;
  #socket: WebSocket | null = null;
  #heard = Date.now();
  #tries = 0;
  #retry = 0;
  #silence = 0;
  #measuring = 0;
  #closed = false;
  readonly #waking = new Waking(() => this.#woke());

  constructor(private readonly told: Told) {
    this.#connect();
  }

  close(): void {
    this.#closed = true;
    this.#waking.end();
    this.#drop();
  }

  #connect(): void {
    window.clearTimeout(this.#retry);
    if (this.#closed || this.#socket !== null) return;
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/api/v1/live${resumeQuery(this.document)}`);
    this.#socket = socket;
    this.#heard = Date.now();
    // What a socket that was given up still says is not listened to.
    socket.onmessage = (message) => {
      if (this.#socket === socket) this.#take(JSON.parse(String(message.data)) as Frame);
    };
    socket.onopen = () => {
      if (this.#socket === socket) this.#measure(MEASURES);
    };
    socket.onclose = () => {
      if (this.#socket === socket) void this.#lost();
    };
    this.#listen();
  }

  #take(frame: Frame): void {
    this.#tries = 0;
    this.#heard = Date.now();
    this.#say(true);
    this.#listen();
    if (isBeat(frame)) this.told.beat(frame.beat);
    else if (isYou(frame)) this.told.you(frame.you);
    else if (isClock(frame)) {
      if (frame.player_at !== null) this.told.clock(frame.clock, frame.player_at);
    } else {
      this.document = fold(this.document, frame);
      if (this.document !== null) this.told.document(this.document);
    }
  }

  #measure(more: number): void {
    window.clearTimeout(this.#measuring);
    const socket = this.#socket;
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ clock: performance.now() }));
    const again = more > 1 ? MEASURE_SOON : MEASURE_AGAIN;
    this.#measuring = window.setTimeout(() => this.#measure(more - 1), again);
  }

  #listen(): void {
    window.clearTimeout(this.#silence);
    this.#silence = window.setTimeout(() => void this.#lost(), SILENT);
  }

  async #lost(): Promise<void> {
    this.#drop();
    this.#say(false);
    if (this.#closed) return;
    const again = backoff(this.#tries++, Math.random());
    // Set before it is asked whether the session has ended: that answer may be long in coming.
    this.#retry = window.setTimeout(() => this.#connect(), again);
    if (await this.told.refused()) this.#drop();
  }

  #drop(): void {
    window.clearTimeout(this.#silence);
    window.clearTimeout(this.#retry);
    window.clearTimeout(this.#measuring);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #say(connected: boolean): void {
    if (connected === this.connected) return;
    this.connected = connected;
    this.told.connection(connected);
  }

  /** What slept may hold a socket that the other end has long forgotten. */
  #woke(): void {
    if (this.#closed) return;
    const silent = Date.now() - this.#heard > SILENT_ASLEEP;
    if (this.#socket !== null && !silent) return this.#measure(MEASURES);
    this.#tries = 0;
    this.#drop();
    this.#connect();
  }
}
