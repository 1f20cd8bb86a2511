/** What the page asks of the service. Every call carries the id of its press. */

import type { Routing, Text, Which } from "./board.ts";
import type { components } from "./generated/api.ts";

type Schemas = components["schemas"];

export type Person = Schemas["SessionReply"];

export interface Answered {
  ok: boolean;
  status: number;
  /** Why it was refused, by whom and when what stands in its way was done. */
  reasons: Text | null;
  by: string | null;
  at: number | null;
  /** False where a restart of the player may lose it. */
  recorded: boolean;
}

/** What happened to a request: an answer, or nobody knows whether it arrived. */
export type Outcome = Answered | "unknown";

const ROOT = "/api/v1";
const JSON_HEADERS = { "content-type": "application/json", accept: "application/json" };
/** A call is refused by the player when it is older than 1.5 s: repeats stay within it. */
const RETRY_AFTER = [150, 350] as const;
const TIMEOUT = 3000;

/** Who the cookie stands for; null for nobody. Throws where the service cannot say, or says nothing. */
export async function whoAmI(): Promise<Person | null> {
  const headers = { accept: "application/json" };
  const response = await fetch(`${ROOT}/session`, { headers, signal: AbortSignal.timeout(TIMEOUT) });
  if (response.status === 401) return null;
  if (!response.ok) throw new Error(`the service answers ${response.status}`);
  return (await response.json()) as Person;
}

/** The person, or the status that refused them. */
export async function signIn(name: string, password: string): Promise<Person | number> {
  const body = JSON.stringify({ name, password });
  const response = await fetch(`${ROOT}/session`, { method: "POST", headers: JSON_HEADERS, body });
  return response.ok ? ((await response.json()) as Person) : response.status;
}

/** Who a link that was sent stands for; null where it stands for nobody any more. */
export async function enterByLink(link: string): Promise<Person | null> {
  const body = JSON.stringify({ link });
  const response = await fetch(`${ROOT}/session/link`, { method: "POST", headers: JSON_HEADERS, body });
  return response.ok ? ((await response.json()) as Person) : null;
}

export async function signOut(): Promise<void> {
  await fetch(`${ROOT}/session`, { method: "DELETE" });
}

/** What opens a locked session: its PIN, or the person's password. */
export type Opens = { pin: string } | { password: string };

/** The status that answered; 0 for no answer. The feed tells the rest. */
export const lock = (pin: string): Promise<number> => told("lock", { pin });
export const unlock = (by: Opens): Promise<number> => told("unlock", by);

async function told(what: "lock" | "unlock", body: Opens): Promise<number> {
  const init = { method: "POST", headers: JSON_HEADERS, body: JSON.stringify(body) };
  const signal = AbortSignal.timeout(TIMEOUT);
  return await fetch(`${ROOT}/session/${what}`, { ...init, signal }).then(
    (response) => response.status,
    () => 0,
  );
}

export function newRequest(): string {
  // randomUUID is there in secure contexts alone; a console on a bare LAN address has none.
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** A call of a run, of an output, or of everything, with what its body says beside the request. */
export type Call =
  | ({ call: "go"; run: string } & Omit<Schemas["GoBody"], "request">)
  | ({ call: "standby"; run: string } & Omit<Schemas["StandbyBody"], "request">)
  | { call: "back" | "skip"; run: string; standby?: string }
  | { call: "start"; run: string }
  | { call: "leave" | "hold" | "resume" | "fade_out" | "restore" | "ask" | "take_over" | "hand_back"; run: string }
  | { call: "note"; run: string; note: string }
  | { call: "note"; note: string }
  | { call: "route"; to: Routing; surface: string }
  | { call: "route"; to: Routing; outputs: string[] }
  | { call: "on_air"; server: string; which: Which }
  | { call: "enable" | "disable"; output: string }
  | { call: "fade_out" | "restore" }
  | { call: "automation_on" }
  | { call: "show_stop" | "automation_off"; reason: string };

/** Ask once; a request that got no answer is repeated with its own id, so that it counts once. */
export async function ask(call: Call, request: string, wait = pause): Promise<Outcome> {
  for (const delay of [...RETRY_AFTER, null]) {
    const outcome = await askOnce(call, request);
    if (outcome !== "unknown" || delay === null) return outcome;
    await wait(delay);
  }
  return "unknown";
}

async function askOnce(call: Call, request: string): Promise<Outcome> {
  const { path, body } = addressed(call);
  try {
    const response = await fetch(ROOT + path, {
      method: "POST",
      headers: JSON_HEADERS,
      body: JSON.stringify({ ...body, request }),
      signal: AbortSignal.timeout(TIMEOUT),
    });
    return response.status === 503 || response.status === 504 ? "unknown" : await read(response);
  } catch {
    return "unknown";
  }
}

export function addressed(call: Call): { path: string; body: Record<string, unknown> } {
  if ("output" in call) {
    const { call: name, output, ...body } = call;
    return { path: `/outputs/${encodeURIComponent(output)}/${name}`, body };
  }
  if ("server" in call) {
    const { call: name, server, ...body } = call;
    return { path: `/servers/${encodeURIComponent(server)}/${name}`, body };
  }
  if ("run" in call) {
    const { call: name, run, ...body } = call;
    return { path: `/runs/${encodeURIComponent(run)}/${name}`, body };
  }
  const { call: name, ...body } = call;
  return { path: `/calls/${name}`, body };
}

async function read(response: Response): Promise<Answered> {
  type Body = Partial<Schemas["Went"] & Schemas["CallRefused"]> & { reasons?: Text };
  const body = (await response.json().catch(() => ({}))) as Body;
  return {
    ok: response.ok,
    status: response.status,
    reasons: reasonsOf(body),
    by: body.by ?? null,
    at: body.at ? Date.parse(body.at) : null,
    recorded: body.recorded !== "not recorded",
  };
}

function reasonsOf({ reasons, reason, detail }: { reasons?: Text; reason?: string; detail?: string }): Text | null {
  const english = reason ?? detail;
  return reasons ?? (english === undefined ? null : { en: english });
}

function pause(length: number): Promise<void> {
  return new Promise((resolve) => window.setTimeout(resolve, length));
}
