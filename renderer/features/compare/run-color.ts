// The colour of a run in a comparison, by its place: the same in every chart and table.

const COLORS = 10;

export const colorOf = (place: number): string => `--hc-series-${(place % COLORS) + 1}`;
