// Colours of the report's lines.
export const [QUIET, ACCENT] = ['#5b6670', '#0b62c4'] as const;
/** Of baselines beside the model: as far apart in lightness as in hue. */
export const BASELINES = ['#b4541a', '#2f7d4f', '#8a5aa8'] as const;
