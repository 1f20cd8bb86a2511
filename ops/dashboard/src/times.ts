/** Instants and lengths of time, as they are written on the page. All lengths are milliseconds. */

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formatters.set(key, known);
  return known;
}

const WALL = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

/** `20:05:00` on the venue's wall. */
export function wallTime(at: number, zone: string): string {
  return formatter("en-GB", { ...WALL, second: "2-digit", timeZone: zone }).format(at);
}

/** `20:05:00.250` on the venue's wall. */
export function wallMillis(at: number, zone: string): string {
  return formatter("en-GB", { ...WALL, second: "2-digit", fractionalSecondDigits: 3, timeZone: zone }).format(at);
}

/** `20:05` on the venue's wall. */
export function wallMinute(at: number, zone: string): string {
  return formatter("en-GB", { ...WALL, timeZone: zone }).format(at);
}

/** A night's date, in words: `Thu 28 Aug 2025`, `2025년 8월 28일 (목)`. */
export function nightDate(night: string, language: string): string {
  const date = Date.parse(`${night}T00:00:00Z`);
  if (Number.isNaN(date)) return night;
  const locale = language === "ko" ? "ko-KR" : "en-GB";
  const options = { weekday: "short", day: "numeric", month: "short", year: "numeric" } as const;
  return formatter(locale, { ...options, timeZone: "UTC" }).format(date).replace(",", "");
}

/** `3:00`, `1:02:03`; below zero with a sign. Rounded down, as elapsed time is. */
export function span(length: number): string {
  return clockwork(Math.floor(Math.abs(length) / 1000), length < 0);
}

/** Time left: rounded up, so that it reaches 0:00 when the time has come. */
export function left(length: number): string {
  return length >= 0 ? clockwork(Math.ceil(length / 1000), false) : span(length);
}

function clockwork(seconds: number, negative: boolean): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = two(seconds % 60);
  const sign = negative && seconds > 0 ? "−" : "";
  return sign + (hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`);
}

/** A short length with its unit: `0.4 s`, `2 s`, `3:00`. */
export function short(length: number): string {
  if (length >= 60_000) return span(length);
  const seconds = length / 1000;
  return `${length % 1000 === 0 ? seconds : seconds.toFixed(1)} s`;
}

const DAY = 24 * 3_600_000;

/** A clock's offset and how sure it is: `+0.42 s`, `3 ms`. What is surer than it is small is told as small. */
export function offset(ahead: number, error: number): [string, string] {
  const sign = Math.round(ahead) < 0 ? "−" : "+";
  const size = Math.abs(ahead);
  return [sign + (size < 100 ? `${Math.round(size)} ms` : amount(size)), `${Math.max(1, Math.ceil(error))} ms`];
}

function amount(length: number): string {
  if (length >= 2 * DAY) return `${Math.round(length / DAY)} d`;
  if (length >= 60_000) return span(length);
  return `${(length / 1000).toFixed(length < 10_000 ? 2 : 0)} s`;
}
