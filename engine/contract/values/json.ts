// JSON that keeps NaN and the infinities: they are written as {"$float": "NaN"}. Used for stored events and reports.

export function stringifyLossless(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'number' && !Number.isFinite(item) ? { $float: String(item) } : item,
  );
}

export function parseLossless(text: string): unknown {
  return JSON.parse(text, (_key, item: unknown) => {
    if (typeof item === 'object' && item !== null && '$float' in item) return Number(item.$float);
    return item;
  });
}
