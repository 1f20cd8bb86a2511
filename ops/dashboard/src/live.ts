import { backoff, type Beat, fold, type Frame, isBeat, resumeQuery, type Snapshot } from "./frames.ts";

/** The live feed: one socket, taken up again where it broke off, until it is closed. */
export class Live {
  document: Snapshot | null = null;
  connected = false;
  #socket: WebSocket | null = null;
  #tries = 0;
  #retry = 0;
  #silence = 0;
  #closed = false;

  constructor(
    private readonly told: {
      document: (document: Snapshot) => void;
      beat: (beat: Beat["beat"]) => void;
      connection: (connected: boolean) => void;
      refused: () => Promise<boolean>;
    },
  ) {
    addEventListener("online", this.#hurry);
    document.addEventListener("visibilitychange", this.#hurry);
    this.#connect();
  }

  close(): void {
    this.#closed = true;
    removeEventListener("online", this.#hurry);
    document.removeEventListener("visibilitychange", this.#hurry);
    this.#drop();
  }

  #connect(): void {
    window.clearTimeout(this.#retry);
    if (this.#closed || this.#socket !== null) return;
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(
      `${scheme}://${location.host}/api/v1/live${resumeQuery(this.document)}`,
    );
    this.#socket = socket;
    socket.onmessage = (message) => this.#take(JSON.parse(String(message.data)) as Frame);
    socket.onopen = () => this.#listen();
    socket.onclose = () => {
      if (this.#socket === socket) void this.#lost();
    };
    this.#listen();
  }

  #take(frame: Frame): void {
    this.#tries = 0;
    this.#say(true);
    this.#listen();
    if (isBeat(frame)) {
      this.told.beat(frame.beat);
      return;
    }
    this.document = fold(this.document, frame);
    if (this.document !== null) this.told.document(this.document);
  }

  /** A socket that says nothing for ten seconds may be half open: try another. */
  #listen(): void {
    window.clearTimeout(this.#silence);
    this.#silence = window.setTimeout(() => {
      this.#drop();
      void this.#lost();
    }, 10_000);
  }

  async #lost(): Promise<void> {
    this.#drop();
    this.#say(false);
    if (this.#closed) return;
    const again = backoff(this.#tries++, Math.random());
    if (await this.told.refused()) return;
    this.#retry = window.setTimeout(() => this.#connect(), again);
  }

  #drop(): void {
    window.clearTimeout(this.#silence);
    window.clearTimeout(this.#retry);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #say(connected: boolean): void {
    if (connected === this.connected) return;
    this.connected = connected;
    this.told.connection(connected);
  }

  readonly #hurry = (): void => {
    if (document.visibilityState === "visible" && this.#socket === null) this.#connect();
  };
}
