/** What the views ask of the service beside the board. */

import type { components } from "../generated/api.ts";

type Schemas = components["schemas"];

export type NightSummary = Schemas["NightSummary"];
export type NightReply = Schemas["NightReply"];
export type WorkCredit = Schemas["WorkCredit"];
export type RecordedEntry = Schemas["RecordedEntry"];

const ROOT = "/api/v1";

/** What came: a value, or the status that stood in its way; 0 is no answer at all. */
export type Fetched<T> = { value: T } | { failed: number };

export const nights = (): Promise<Fetched<NightSummary[]>> => get("/nights");
export const night = (date: string): Promise<Fetched<NightReply>> => get(`/nights/${encodeURIComponent(date)}`);
export const works = (festival: string): Promise<Fetched<WorkCredit[]>> =>
  get(`/works?festival=${encodeURIComponent(festival)}`);

async function get<T>(path: string): Promise<Fetched<T>> {
  try {
    const response = await fetch(ROOT + path, { headers: { accept: "application/json" } });
    return response.ok ? { value: (await response.json()) as T } : { failed: response.status };
  } catch {
    return { failed: 0 };
  }
}
