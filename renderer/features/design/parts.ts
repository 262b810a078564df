// The three parts of a split, as the Design screen names and colours them.
export const PARTS = {
  train: { label: 'Training', color: '--hc-series-1' },
  validation: { label: 'Validation', color: '--hc-series-3' },
  test: { label: 'Test', color: '--hc-series-2' },
} as const;
