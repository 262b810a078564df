// Which epochs are shown of many: the first ones close together, later ones further apart, and the last. Pure.

const MOST = 8;

export function shownEpochs(epochs: readonly number[]): number[] {
  if (epochs.length <= MOST) return [...epochs];
  const last = epochs.length - 1;
  const positions = Array.from(
    { length: MOST },
    (_, index) => Math.round((last + 1) ** (index / (MOST - 1))) - 1,
  );
  return [...new Set([0, ...positions, last])].map((position) => epochs[position]!);
}
