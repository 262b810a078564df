// Numbers that wear something: a currency or a unit, a percent sign, K and M for thousands and millions, brackets or a minus behind for
// negative ones, another minus sign than "-", "<" for a bound. What a column may wear is found from all its values: one unit and one
// currency a column, so that no two quantities are fused.
import type { Dialect } from '../source/dialect.ts';
import type { Duck } from '../source/duck.ts';
import { columnName, tableOf } from '../table/raw-table.ts';
import { isMissing, type NumberStyle, numberSql, sqlText } from './number-style.ts';

export interface Dress {
  readonly currencies: readonly string[];
  /** Units that are left off, '' among them. */
  readonly units: readonly string[];
  /** Suffixes that multiply: K, M. */
  readonly factors: Readonly<Record<string, number>>;
  /** What was found, in words. */
  readonly says: readonly string[];
}

const CURRENCY = '[$€£¥₹₽₩₺₴]|US[$]|R[$]|USD|EUR|GBP|CHF|JPY|CNY|INR|AUD|CAD';
// Without an upper bound: bounded, these letters of all scripts take DuckDB a tenth of a second to compile, for each use in a query.
const UNIT = '[\\p{L}%‰°µ²³/·$€£¥₹₽₩₺₴]+[23]?|[*#†‡]+';
const LONGEST_UNIT = 12;
const MINUS = "'-', '−', '–'";
// Groups: bracket, bound, sign, currency, sign, digits, minus behind, unit, bracket.
const PARTS =
  `\\s*(\\(?)\\s*([<>≤≥]?=?)\\s*([-+−–]?)\\s*((?:${CURRENCY})?)\\s*([-+−–]?)\\s*` +
  `((?:\\d[\\d.,'’ \u00a0\u202f]*|[.,]\\d+)(?:[eE][+-]?\\d+)?[ \u00a0]*)([-−]?)\\s*((?:${UNIT})?)\\s*(\\)?)\\s*`;
const NAMES = "['open', 'bound', 'sign', 'money', 'inner', 'digits', 'back', 'unit', 'close']";
const WHOLE = new RegExp(`^${PARTS}$`, 'u');

const FACTORS: Readonly<Record<string, number>> = {
  K: 1e3,
  k: 1e3,
  M: 1e6,
  mn: 1e6,
  Mio: 1e6,
  B: 1e9,
  bn: 1e9,
  Bn: 1e9,
  Mrd: 1e9,
  T: 1e12,
};

/** `unit` is no longer than a unit can be, without the 2 or 3 of a power. */
const shortUnitSql = (unit: string): string => `length(rtrim(${unit}, '23')) <= ${LONGEST_UNIT}`;

/** STRUCT of the parts of the text `x`; all are '' where it is no number at all. Its unit may be too long for one. */
const partsSql = (x: string): string => `regexp_extract(${x}, ${sqlText(`^${PARTS}$`)}, ${NAMES})`;

/** The text's number is told by more than its digits. */
export const dressedShapeSql = (x: string): string =>
  `((${partsSql(x)}).digits <> '' AND ${shortUnitSql(`(${partsSql(x)}).unit`)})`;

/** DOUBLE: the finite number that the text `x` holds in this dress, or NULL. */
export function dressedSql(x: string, style: NumberStyle, { currencies, units, factors }: Dress): string {
  const part = (name: string) => `(${partsSql(x)}).${name}`;
  const among = (name: string, texts: readonly string[]) =>
    `${part(name)} IN (${texts.map(sqlText).join(', ')})`;
  const minus = ['sign', 'inner'].map((name) => `${part(name)} IN (${MINUS})`);
  const negative = [`${part('open')} = '('`, `${part('back')} <> ''`, ...minus].join(' OR ');
  const cases = Object.entries(factors).map(([text, by]) => `WHEN ${sqlText(text)} THEN ${by}`);
  const factor = cases.length > 0 ? `CASE ${part('unit')} ${cases.join(' ')} ELSE 1 END` : '1';
  const digits = `replace(replace(trim(nullif(${part('digits')}, '')), '\u00a0', ' '), '\u202f', ' ')`;
  const number = numberSql(`trim(${digits})`, style);
  const whole = `(${part('open')} = '(') = (${part('close')} = ')')`;
  return (
    `CASE WHEN ${whole} AND ${among('money', currencies)} AND ${among('unit', units)} ` +
    `THEN ${number} * ${factor} * (CASE WHEN ${negative} THEN -1 ELSE 1 END) END`
  );
}

interface Worn {
  readonly money: string;
  readonly unit: string;
  /** A space stands before the unit. */
  readonly apart: boolean;
  readonly rows: number;
  readonly negative: number;
  readonly bounds: number;
}

/** May a column hold dressed numbers? At least half of the first values look so. */
export function mayBeDressed(dialect: Dialect, column: number): boolean {
  const known = dialect.sample.map((row) => row[column] ?? '').filter((text) => !isMissing(text));
  return known.filter((text) => WHOLE.test(text)).length * 2 >= known.length;
}

async function wornBy(duck: Duck, column: number): Promise<Worn[]> {
  const parts = `SELECT ${partsSql(columnName(column))} AS p FROM ${tableOf(column)}`;
  const rows = await duck.rows(
    `SELECT p.money, p.unit, regexp_matches(p.digits, '[ \u00a0]$') AS apart, count(*) AS rows,
       count(*) FILTER (p.open = '(' OR p.back <> ''), count(*) FILTER (p.bound <> '')
     FROM (${parts}) WHERE p.digits <> '' AND ${shortUnitSql('p.unit')} GROUP BY ALL ORDER BY rows DESC, p.unit, p.money LIMIT 1000`,
  );
  return rows.map(([money, unit, apart, count, negative, bounds]) => ({
    money: String(money),
    unit: String(unit),
    apart: apart === true,
    rows: Number(count),
    negative: Number(negative),
    bounds: Number(bounds),
  }));
}

const sum = (worn: readonly Worn[], of: (one: Worn) => number): number =>
  worn.reduce((total, one) => total + of(one), 0);

/** The most frequent text that at least half of the numbers wear; '' for none. */
function mainOf(worn: readonly Worn[], name: 'money' | 'unit'): string {
  const all = sum(worn, ({ rows }) => rows);
  const texts = [...Map.groupBy(worn, (one) => one[name])]
    .map(([text, same]) => ({ text, rows: sum(same, ({ rows }) => rows) }))
    .filter(({ text, rows }) => text !== '' && rows * 2 >= all);
  return texts.sort((a, b) => b.rows - a.rows)[0]?.text ?? '';
}

/** Suffixes that all multiply stand behind a fifth of the numbers at least. */
function factorsOf(worn: readonly Worn[]): Record<string, number> {
  const suffixed = worn.filter(({ unit }) => unit !== '');
  const multiply = suffixed.every(({ unit, apart }) => unit in FACTORS && !apart);
  const enough = sum(suffixed, ({ rows }) => rows) * 5 >= sum(worn, ({ rows }) => rows);
  if (!multiply || !enough) return {};
  return Object.fromEntries(suffixed.map(({ unit }) => [unit, FACTORS[unit] ?? 1]));
}

const MARK = /^[*#†‡]+$/;
/** Of statistics: provisional, estimated, a break. Other letters may be units. */
const LETTER_MARK = /^[befnpru]$/;
/** At most this share of the numbers has marks. */
const MARKED = 0.5;

/** Signs and letters behind some of the numbers that say something of them and change nothing. */
function marksOf(worn: readonly Worn[]): string[] {
  const marked = worn.filter(({ unit, apart }) => MARK.test(unit) || (apart && LETTER_MARK.test(unit)));
  const isFew = sum(marked, ({ rows }) => rows) <= MARKED * sum(worn, ({ rows }) => rows);
  return isFew ? [...new Set(marked.map(({ unit }) => unit))] : [];
}

/** What the numbers of a column wear; null where the column has none. */
export async function findDress(duck: Duck, column: number): Promise<Dress | null> {
  const worn = await wornBy(duck, column);
  if (worn.length === 0) return null;
  const factors = factorsOf(worn);
  const money = mainOf(worn, 'money');
  const multipliers = Object.keys(factors);
  const unit = multipliers.length > 0 ? '' : mainOf(worn, 'unit');
  const marks = unit === '' ? marksOf(worn) : [];
  const says: string[] = [];
  if (money !== '') says.push(`"${money}" before the numbers was left off`);
  const bare = sum(
    worn.filter((one) => one.unit === ''),
    ({ rows }) => rows,
  );
  if (unit === '%' && bare > 0)
    says.push(
      `percent signs were left off, so 5 % is 5, and ${bare.toLocaleString('en-US')} numbers without one stayed as they are`,
    );
  else if (unit === '%') says.push('percent signs were left off, so 5 % is 5');
  else if (unit !== '') says.push(`"${unit}" behind the numbers was left off`);
  if (multipliers.length > 0) {
    says.push(
      multipliers
        .map((text) => `"${text}" was read as ${factors[text]?.toLocaleString('en-US')} times`)
        .join(', '),
    );
  }
  if (marks.length > 0) {
    const marked = sum(
      worn.filter((one) => marks.includes(one.unit)),
      ({ rows }) => rows,
    );
    const shown = marks.map((mark) => `"${mark}"`).join(', ');
    says.push(
      `${shown} behind ${marked.toLocaleString('en-US')} of the numbers was taken for a mark and left off`,
    );
  }
  const kept = worn.filter((one) => [unit, '', ...multipliers, ...marks].includes(one.unit));
  if (sum(kept, ({ negative }) => negative) > 0)
    says.push('brackets or a minus behind a number make it negative');
  const bounds = sum(kept, (one) => one.bounds);
  if (bounds > 0) says.push(`${bounds.toLocaleString('en-US')} of the form "<1" were read as their bound`);
  return {
    currencies: [...new Set(['', money])],
    units: [...new Set(['', unit, ...multipliers, ...marks])],
    factors,
    says,
  };
}
