// What a heat map of units shows, by the name of its column.

const TITLES: Readonly<Record<string, string>> = { hidden: 'Hidden state h', cell: 'Cell state c' };

export const stateTitle = (what: string | undefined): string => TITLES[what ?? ''] ?? `Gate ${what}`;
