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

/** A page of the record, and how many entries there are in all. */
export interface RecordPage {
  entries: RecordedEntry[];
  count: number;
}

export async function entries(
  date: string,
  query: URLSearchParams,
  limit: number,
  offset: number,
): Promise<Fetched<RecordPage>> {
  const asked = new URLSearchParams(query);
  asked.set("limit", String(limit));
  asked.set("offset", String(offset));
  let count = 0;
  const found = await get<RecordedEntry[]>(`/nights/${encodeURIComponent(date)}/entries?${asked}`, (response) => {
    count = Number(response.headers.get("x-total-count") ?? 0);
  });
  return "value" in found ? { value: { entries: found.value, count } } : found;
}

/** Where the same entries are as a table for spreadsheets. */
export function csvAddress(date: string, query: URLSearchParams, language: string): string {
  const asked = new URLSearchParams(query);
  asked.set("language", language);
  return `${ROOT}/nights/${encodeURIComponent(date)}/entries.csv?${asked}`;
}

export const festivals = (): Promise<Fetched<Schemas["Festival"][]>> => get("/festivals");
export const loadDemo = (): Promise<Fetched<Schemas["DemoLoaded"]>> => get("/festivals/demo", undefined, "POST");

async function get<T>(path: string, head?: (response: Response) => void, method = "GET"): Promise<Fetched<T>> {
  try {
    const response = await fetch(ROOT + path, { method, headers: { accept: "application/json" } });
    head?.(response);
    return response.ok ? { value: (await response.json()) as T } : { failed: response.status };
  } catch {
    return { failed: 0 };
  }
}
