// The colour of a run in a comparison, by its position, the same in every chart and table.

const COLORS = 10;

export const colorOf = (position: number): string => `--hc-series-${(position % COLORS) + 1}`;
