/** ISO time in UTC of microseconds; a fraction only where there is one: `2000-01-03T00:00:00Z`. */
export function isoTime(timeUs: bigint): string {
  const fraction = ((timeUs % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const text = new Date(Number((timeUs - fraction) / 1000n)).toISOString().slice(0, -5);
  return fraction === 0n ? `${text}Z` : `${text}.${String(fraction).padStart(6, '0').replace(/0+$/, '')}Z`;
}
