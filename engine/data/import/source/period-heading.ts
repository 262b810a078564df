// Two header rows above wide values, years over their quarters or months: `,2020,,,,2021,...` above `Country,Q1,Q2,Q3,Q4,Q1,...`.
import { monthOf } from '../reshape/month-names.ts';

type Row = readonly string[];

export interface PeriodHeading {
  readonly names: readonly string[];
  readonly note: string;
}

const YEAR = /^(?:FY ?)?((?:19|20)\d{2})(?:\.0+)?$/;
const QUARTER = /^(?:Q|T|QTR\.? ?|Quarter )([1-4])$/i;
const ROMAN: readonly string[] = ['I', 'II', 'III', 'IV'];
const FEWEST = 4;
const MONTHS: readonly string[] = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
];

interface Period {
  readonly name: string;
  readonly months: number;
}

function periodOf(year: string, text: string): Period | null {
  const quarter = Number(QUARTER.exec(text)?.[1] ?? ROMAN.indexOf(text) + 1);
  if (quarter > 0) return { name: `${year}-Q${quarter}`, months: Number(year) * 12 + quarter * 3 };
  const month = monthOf(text);
  return month === null ? null : { name: `${year}-${MONTHS[month - 1]}`, months: Number(year) * 12 + month };
}

const isMonotonous = (values: readonly number[]): boolean =>
  [1, -1].some((sign) => values.every((value, i) => i === 0 || sign * (value - (values[i - 1] ?? 0)) > 0));

/** Names such as 2020-Q1 from a row of years and the row below it; null where they are others. */
export function periodHeading(years: Row, below: Row, firstLine: number): PeriodHeading | null {
  const from = years.findIndex((text) => YEAR.test(text.trim()));
  if (from < 1 || years.length !== below.length) return null;
  let year = '';
  const found: Period[] = [];
  const names = years.map((text, column) => {
    const above = text.trim();
    const own = (below[column] ?? '').trim();
    if (above !== '') year = YEAR.exec(above)?.[1] ?? '';
    const period = year === '' ? null : periodOf(year, own);
    if (period === null) return [above, own].filter((one) => one !== '').join(' ');
    found.push(period);
    return period.name;
  });
  const isWhole = found.length >= FEWEST && found.length * 2 >= years.length - from;
  if (!isWhole || !isMonotonous(found.map(({ months }) => months))) return null;
  return {
    names,
    note: `The header has 2 lines: line ${firstLine} has the years of the periods in line ${firstLine + 1}.`,
  };
}

/** Names as this heading gives them. */
export const PERIOD_NAME = /^(19|20)\d{2}-(Q[1-4]|[A-Z][a-z]{2})$/;
