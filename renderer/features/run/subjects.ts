// Who forecasts: the model, and the baselines beside it.
export const SUBJECTS: Readonly<Record<string, { readonly label: string; readonly color: string }>> = {
  model: { label: 'model', color: '--hc-series-2' },
  repeat: { label: 'repeat the last value', color: '--hc-series-10' },
  'seasonal-naive': { label: 'season before', color: '--hc-series-5' },
};
