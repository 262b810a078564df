// A grid of values reduced to the cells that a screen has: each cell the mean of its values and the one farthest from the middle,
// so that a spike survives.

export interface Grid {
  /** [rows, columns] */
  readonly values: Float32Array | Float64Array;
  readonly rows: number;
  readonly columns: number;
  /** Of the range of the values. */
  readonly middle: number;
}

export interface ReducedGrid {
  /** Cell by cell of a line: first index and how many. */
  readonly rows: readonly Span[];
  readonly columns: readonly Span[];
  /** By row, [columns]. */
  readonly mean: readonly Float32Array[];
  readonly extreme: readonly Float32Array[];
  /** Largest distance from the middle. */
  readonly reach: number;
}

export interface Span {
  readonly from: number;
  readonly count: number;
}

/** At most that number of cells; their sizes differ by one at most. */
export function reduceGrid(
  grid: Grid,
  most: { readonly rows: number; readonly columns: number },
): ReducedGrid {
  const rows = spans(grid.rows, most.rows);
  const columns = spans(grid.columns, most.columns);
  const mean = rows.map(() => new Float32Array(columns.length));
  const extreme = rows.map(() => new Float32Array(columns.length));
  let reach = 0;
  rows.forEach((row, i) => {
    columns.forEach((column, j) => {
      const cell = summarize(grid, row, column);
      mean[i]![j] = cell.mean;
      extreme[i]![j] = cell.extreme;
      reach = Math.max(reach, Math.abs(cell.extreme - grid.middle));
    });
  });
  return { rows, columns, mean, extreme, reach };
}

function summarize({ values, columns: width, middle }: Grid, row: Span, column: Span) {
  let sum = 0;
  let extreme = Number.NaN;
  let distance = -1;
  for (let i = row.from; i < row.from + row.count; i++) {
    for (let j = column.from; j < column.from + column.count; j++) {
      const value = values[i * width + j]!;
      sum += value;
      if (Math.abs(value - middle) <= distance) continue;
      distance = Math.abs(value - middle);
      extreme = value;
    }
  }
  return { mean: sum / (row.count * column.count), extreme };
}

/** Cells of sizes that differ by one at most; no more than there are values. */
export function spans(count: number, most: number): Span[] {
  const cells = Math.min(count, most);
  return Array.from({ length: cells }, (_, index) => {
    const from = Math.floor((index * count) / cells);
    return { from, count: Math.floor(((index + 1) * count) / cells) - from };
  });
}
