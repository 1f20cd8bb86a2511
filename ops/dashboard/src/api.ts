/** What the page asks of the service. Every call carries the id of its press. */

export interface Person {
  name: string;
  rights: string[];
}

export interface Answered {
  ok: boolean;
  status: number;
  /** Why it was refused, by whom and when what stands in its way was done. */
  reason: string | null;
  by: string | null;
  at: number | null;
  went: string | null;
}

/** What happened to a request: an answer, or nobody knows whether it arrived. */
export type Outcome = Answered | "unknown";

const ROOT = "/api/v1";
const JSON_HEADERS = { "content-type": "application/json", accept: "application/json" };
/** A call is refused by the player when it is older than 1.5 s: repeats stay within it. */
const RETRY_AFTER = [150, 350] as const;
const TIMEOUT = 3000;

/** Who the cookie stands for; null for nobody. Throws where the service cannot say. */
export async function whoAmI(): Promise<Person | null> {
  const response = await fetch(`${ROOT}/session`, { headers: { accept: "application/json" } });
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

export async function signOut(): Promise<void> {
  await fetch(`${ROOT}/session`, { method: "DELETE" });
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

/** A call on a run, on an output, or on all; `body` has the rest. */
export type Call =
  | { call: "go"; run: string; standby: string; standby_count: number }
  | { call: "standby"; run: string; standby: string }
  | { call: "skip"; run: string; standby: string | null }
  | { call: "hold" | "resume" | "end"; run: string }
  | { call: "fade_out" | "restore"; run: string | null }
  | { call: "show_stop"; reason: string | null }
  | { call: "enable" | "disable"; output: string };

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
  const { call: name, ...rest } = call;
  if ("output" in rest) {
    const { output, ...body } = rest;
    return { path: `/outputs/${encodeURIComponent(output)}/${name}`, body };
  }
  if ("run" in rest && rest.run !== null) {
    const { run, ...body } = rest;
    return { path: `/runs/${encodeURIComponent(run)}/${name}`, body };
  }
  return { path: `/${name}`, body: "reason" in rest ? { reason: rest.reason } : {} };
}

async function read(response: Response): Promise<Answered> {
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  const text = (key: string) => (typeof body[key] === "string" ? (body[key] as string) : null);
  return {
    ok: response.ok,
    status: response.status,
    reason: text("reason") ?? text("detail"),
    by: text("by"),
    at: instant(body["at"]),
    went: text("went"),
  };
}

/** Instants come as RFC 3339 text; milliseconds are understood too. */
function instant(value: unknown): number | null {
  const at = typeof value === "string" ? Date.parse(value) : value;
  return typeof at === "number" && Number.isFinite(at) ? at : null;
}

function pause(length: number): Promise<void> {
  return new Promise((resolve) => window.setTimeout(resolve, length));
}
