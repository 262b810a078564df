// How often each class follows from a key of a step; a key that was seen seldom leans on the answer of a wider one.

export interface LabelCounts {
  add(key: string, label: number): void;
  /** The shares of the classes for that key, where `wider` counts as one step more. */
  shares(key: string, wider: Float64Array): Float64Array;
}

/** Steps that the wider answer counts as. */
const WEIGHT = 1;

export function createLabelCounts(classes: number): LabelCounts {
  const counts = new Map<string, Float64Array>();
  return {
    add(key, label) {
      const found = counts.get(key) ?? new Float64Array(classes);
      found[label]! += 1;
      counts.set(key, found);
    },
    shares(key, wider) {
      const found = counts.get(key);
      if (!found) return wider;
      const all = found.reduce((sum, count) => sum + count, WEIGHT);
      return wider.map((share, label) => (found[label]! + WEIGHT * share) / all);
    },
  };
}

export const even = (classes: number): Float64Array => new Float64Array(classes).fill(1 / classes);
