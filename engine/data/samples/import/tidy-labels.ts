// Labels that differ in spaces, case or Unicode form alone are one label, in its most frequent spelling.

export interface TidyLabels {
  readonly labels: readonly string[];
  readonly notes: readonly string[];
}

const keyOf = (label: string): string => label.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
const MOST_NAMED = 5;

export function tidyLabels(raw: readonly string[]): TidyLabels {
  const spellings = new Map<string, Map<string, number>>();
  const trimmed = raw.map((label) => label.normalize('NFC').trim().replace(/\s+/g, ' '));
  for (const label of trimmed) {
    const key = keyOf(label);
    const counts = spellings.get(key) ?? new Map<string, number>();
    spellings.set(key, counts.set(label, (counts.get(label) ?? 0) + 1));
  }
  const chosen = new Map([...spellings].map(([key, counts]) => [key, mostFrequent(counts)]));
  const merged = [...spellings.values()].filter((counts) => counts.size > 1);
  const named = merged
    .slice(0, MOST_NAMED)
    .map((counts) => [...counts.keys()].map((word) => `"${word}"`).join(', '));
  const more = merged.length > MOST_NAMED ? `; and ${merged.length - MOST_NAMED} more` : '';
  return {
    labels: trimmed.map((label) => chosen.get(keyOf(label)) ?? label),
    notes:
      merged.length === 0
        ? []
        : [`Labels that differ in case or spaces alone are one label: ${named.join('; ')}${more}.`],
  };
}

/** Of equally frequent ones the first. */
function mostFrequent(counts: ReadonlyMap<string, number>): string {
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}
