// The figures of a lab's outcome as tables, for files and terminals: one value a line, or the rows of a table as they are.
import type { LabFigure, LabOutcome } from '../../contract/labs.ts';
import { field } from '../csv-field.ts';
import { guardText } from '../csv-guard.ts';

export interface FigureTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

export function figureTable(figure: LabFigure): FigureTable {
  const { title } = figure;
  if (figure.kind === 'table') return { title, columns: figure.columns, rows: figure.rows };
  if (figure.kind === 'lines') {
    const rows = figure.lines.flatMap(({ name, x, y }) => x.map((at, index) => [name, at, y[index] ?? null]));
    return { title, columns: ['line', figure.xLabel, figure.yLabel], rows };
  }
  const rows = figure.values.flatMap((values, line) =>
    values.map((value, index) => [figure.lines[line] ?? String(line), figure.x[index] ?? null, value]),
  );
  return { title, columns: ['line', figure.xLabel, 'value'], rows };
}

type Cells = readonly (string | number | null)[];

const guarded = (cell: string | number): string =>
  typeof cell === 'string' ? guardText(cell) : String(cell);

const csvLine = (cells: Cells): string =>
  cells.map((cell) => (cell === null ? '' : field(guarded(cell)))).join(',');

/** All figures one after the other, each with its own header and its title in front of every row. */
export function figuresCsv({ figures }: LabOutcome): string {
  const tables = figures.map((figure) => {
    const { title, columns, rows } = figureTable(figure);
    return [csvLine(['figure', ...columns]), ...rows.map((row) => csvLine([title, ...row]))].join('\n');
  });
  return `${tables.join('\n\n')}\n`;
}
