// Counts in sentences: `22,980`, `1 row`, `153 rows`.

export const countText = (count: number): string => count.toLocaleString('en-US');

export const rowsText = (count: number): string => `${countText(count)} ${count === 1 ? 'row' : 'rows'}`;
