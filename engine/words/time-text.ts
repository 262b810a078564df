// A time that people type, UTC: `2024`, `2024-05`, `2024-05-01`, `2024-05-01 12:30`.

const FORM = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?Z?)?)?)?$/;

/** Microseconds; null for a text that is no time. */
export function timeOfText(text: string): number | null {
  const parts = FORM.exec(text.trim())
    ?.slice(1)
    .map((part) => (part === undefined ? null : Number(part)));
  if (!parts) return null;
  const [year, month, day, hour, minute, second] = parts;
  const at = Date.UTC(year ?? 0, (month ?? 1) - 1, day ?? 1, hour ?? 0, minute ?? 0, second ?? 0);
  const date = new Date(at);
  // 31 April is no day, 24:00 no time.
  const isWhole = date.getUTCMonth() === (month ?? 1) - 1 && date.getUTCDate() === (day ?? 1);
  return isWhole && date.getUTCHours() === (hour ?? 0) ? at * 1000 : null;
}
