// The figures of a lab's outcome as tables, for files and terminals: one value a line, or the rows of a table as they are.
import type { LabFigure } from '../../contract/labs.ts';

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
