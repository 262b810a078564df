// Pictures of a table: which columns make a heat map, lines or points. Pure.
import type { LongTable } from './long-table.ts';

export type Figure = HeatFigure | LineFigure;

export interface HeatFigure {
  readonly kind: 'heat';
  readonly title: string;
  readonly xName: string;
  readonly lineName: string;
  /** Rising, of the cells of a line. */
  readonly x: readonly number[];
  /** Names of the lines, from the top. */
  readonly lines: readonly string[];
  /** [lines][cells] NaN: none. */
  readonly values: readonly Float64Array[];
  readonly colors: 'diverging' | 'sequential' | 'log';
}

export interface LineFigure {
  readonly kind: 'lines' | 'points';
  readonly title: string;
  readonly xName: string;
  readonly scale: 'linear' | 'log';
  /** From 0 to 1, whatever the values. */
  readonly isShares?: boolean;
  readonly lines: readonly {
    readonly name: string;
    readonly x: readonly number[];
    readonly y: readonly number[];
  }[];
}

type Row = LongTable['rows'][number];

/** Groups that are drawn; of more the first ones. */
const MOST_GROUPS = 8;
const MOST_LINES = 8;

interface Heat {
  readonly title: string;
  readonly line: string;
  readonly x: string;
  /** Default: the last column. */
  readonly value?: string;
  readonly colors: HeatFigure['colors'];
  /** A map for each of its values. */
  readonly by?: string;
  /** The first line stands at the bottom. */
  readonly isUpright?: boolean;
}

export function heatOf(
  table: LongTable,
  { title, line, x, value, colors, by, isUpright }: Heat,
): HeatFigure[] {
  const at = indexOf(table, value ?? table.columns.at(-1)!);
  const [lineAt, xAt] = [indexOf(table, line), indexOf(table, x)];
  return groupsOf(table, by).map(([name, rows]) => {
    const xs = distinct(rows, xAt)
      .map(Number)
      .sort((a, b) => a - b);
    const lines = distinct(rows, lineAt).map(String);
    const columnOf = new Map(xs.map((one, index) => [one, index]));
    const rowOf = new Map(lines.map((one, index) => [one, index]));
    const values = lines.map(() => new Float64Array(xs.length).fill(Number.NaN));
    for (const row of rows) {
      const cell = row[at];
      if (typeof cell === 'number')
        values[rowOf.get(String(row[lineAt]))!]![columnOf.get(Number(row[xAt]))!] = cell;
    }
    return {
      kind: 'heat',
      title: name === '' ? title : `${title}, ${by} ${name}`,
      xName: x,
      lineName: line,
      x: xs,
      lines: isUpright ? lines.toReversed() : lines,
      values: isUpright ? values.toReversed() : values,
      colors,
    };
  });
}

interface Lines {
  readonly title: string;
  readonly x: string;
  readonly y: readonly string[];
  /** A line for each of their values. */
  readonly by?: readonly string[];
  readonly scale?: LineFigure['scale'];
  readonly kind?: LineFigure['kind'];
  readonly isShares?: boolean;
}

export function linesOf(
  table: LongTable,
  { title, x, y, by = [], scale = 'linear', kind = 'lines', isShares = false }: Lines,
): LineFigure[] {
  const xAt = indexOf(table, x);
  const keys = by.map((name) => indexOf(table, name));
  const groups = Map.groupBy(table.rows, (row) => keys.map((key) => row[key]).join(' '));
  const lines = [...groups].slice(0, MOST_LINES).flatMap(([group, rows]) =>
    y.slice(0, MOST_LINES).map((name) => {
      const yAt = indexOf(table, name);
      const numberAt = (row: Row, index: number) =>
        typeof row[index] === 'number' ? row[index] : Number.NaN;
      return {
        name: y.length === 1 && group !== '' ? group : [name, group].filter((part) => part !== '').join(' '),
        x: rows.map((row) => numberAt(row, xAt)),
        y: rows.map((row) => numberAt(row, yAt)),
      };
    }),
  );
  const known = lines.filter((line) => line.y.some((value) => !Number.isNaN(value)));
  return known.length === 0 ? [] : [{ kind, title, xName: x, scale, isShares, lines: known }];
}

const indexOf = ({ columns }: LongTable, name: string): number => columns.indexOf(name);

const distinct = (rows: readonly Row[], at: number): (string | number | null)[] => [
  ...new Set(rows.map((row) => row[at] ?? null)),
];

function groupsOf(table: LongTable, by: string | undefined): [string, readonly Row[]][] {
  if (by === undefined) return table.rows.length === 0 ? [] : [['', table.rows]];
  const at = indexOf(table, by);
  const groups = Map.groupBy(table.rows, (row) => String(row[at] ?? ''));
  return [...groups].slice(0, MOST_GROUPS);
}
