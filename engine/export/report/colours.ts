// Colours of the report's lines.
export const [QUIET, ACCENT] = ['#5b6670', '#0b62c4'] as const;
