// Ways to write numbers: 1234.5 (plain), 1,234.5 or 12,34,567.8 (thousands), 1.234,5 (decimal-comma); as predicates on text and as SQL.

export type NumberStyle = 'plain' | 'thousands' | 'decimal-comma';

/** Read as missing, whatever the case. */
export const MISSING_WORDS: readonly string[] = [
  '',
  'na',
  'n/a',
  '#n/a',
  '<na>',
  'nan',
  'null',
  '-',
  '--',
  '?',
  '.',
];

const MISSING = new Set(MISSING_WORDS);

export function isMissing(text: string): boolean {
  return MISSING.has(text.trim().toLowerCase());
}

// Thousands may be separated by spaces (also no-break ones) and apostrophes in both of the grouped styles.
const GAP = "[ '\u00a0\u202f\u2019]";
const EXPONENT = '([eE][+-]?\\d+)?';
const PATTERNS: Readonly<Record<NumberStyle, string>> = {
  plain: `[+-]?(\\d+(\\.\\d*)?|\\.\\d+)${EXPONENT}`,
  thousands: `[+-]?(\\d{1,3}((,\\d{3})+|(${GAP}\\d{3})+)|\\d{1,2}(,\\d{2})+,\\d{3}|\\d+)?(\\.\\d*)?${EXPONENT}`,
  // 0010,1 is no decimal: stations write a value and its quality like that.
  'decimal-comma': `[+-]?((\\d{1,3}((\\.\\d{3})+|(${GAP}\\d{3})+)|0|[1-9]\\d*)?(,\\d*)?|0\\d+)${EXPONENT}`,
};
const WHOLE = Object.fromEntries(
  Object.entries(PATTERNS).map(([style, pattern]) => [style, new RegExp(`^${pattern}$`)]),
) as Readonly<Record<NumberStyle, RegExp>>;

export function looksNumeric(text: string, style: NumberStyle): boolean {
  const trimmed = text.trim();
  return WHOLE[style].test(trimmed) && /\d/.test(trimmed);
}

export function looksNumericInAnyStyle(text: string): boolean {
  return (
    looksNumeric(text, 'plain') || looksNumeric(text, 'thousands') || looksNumeric(text, 'decimal-comma')
  );
}

export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** True where the text of column `x` means a missing value. */
export function missingSql(x: string): string {
  return `(${x} IS NULL OR lower(trim(${x})) IN (${MISSING_WORDS.map(sqlText).join(', ')}))`;
}

/** Text that DuckDB can cast to DOUBLE, or NULL where `x` is not written in that style. */
function plainTextSql(x: string, style: NumberStyle): string {
  // DuckDB reads 1_000 as a number; no data mean that. Spaces around a number are no obstacle to its cast.
  if (style === 'plain') return `CASE WHEN NOT contains(${x}, '_') THEN ${x} END`;
  const separators = style === 'thousands' ? `[,]|${GAP}` : `[.]|${GAP}`;
  const bare = `regexp_replace(trim(${x}), ${sqlText(separators)}, '', 'g')`;
  const matched = `regexp_full_match(trim(${x}), ${sqlText(PATTERNS[style])})`;
  return `CASE WHEN ${matched} THEN replace(${bare}, ',', '.') END`;
}

/** DOUBLE: the finite number that `x` holds, or NULL. */
export function numberSql(x: string, style: NumberStyle): string {
  const value = `TRY_CAST(${plainTextSql(x, style)} AS DOUBLE)`;
  return `CASE WHEN isfinite(${value}) THEN ${value} END`;
}

/** Values that only this grouped style explains, as a condition on `x`; `1,234` alone explains nothing. */
export function decisiveSql(x: string, style: 'thousands' | 'decimal-comma'): string {
  const pattern =
    style === 'thousands'
      ? ',\\d{3},\\d{3}$|,\\d{2},\\d{3}|,\\d{3}\\.\\d*$|^[+-]?0*\\.\\d'
      : ',(\\d{0,2}|\\d{4,})$|^[+-]?0?,\\d|\\.\\d{3},\\d|\\d{4,},\\d|\\.\\d{3}\\.';
  return `regexp_matches(trim(${x}), ${sqlText(pattern)})`;
}

/** Values such as `1.234` that a file with decimal commas means as one thousand and some. */
export const DOTTED_THOUSANDS = '[+-]?[1-9]\\d{0,2}(\\.\\d{3})+';
