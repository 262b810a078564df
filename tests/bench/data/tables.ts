// Tables of the benchmark as CSV files: the same ones each time.
import { closeSync, openSync, writeSync } from 'node:fs';

const BLOCK = 1 << 20;

/** Calls `row` for each number and writes what it gives, below the header. */
function write(path: string, header: string, rows: number, row: (index: number) => string): void {
  const file = openSync(path, 'w');
  try {
    let pending = `${header}\n`;
    for (let index = 0; index < rows; index++) {
      pending += `${row(index)}\n`;
      if (pending.length < BLOCK) continue;
      writeSync(file, pending);
      pending = '';
    }
    writeSync(file, pending);
  } finally {
    closeSync(file);
  }
}

/** The n-th of a fixed list of values between 0 and 100 with two decimals. */
function cellOf(n: number): string {
  const mixed = Math.imul(n ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  return ((mixed % 10_000) / 100).toFixed(2);
}

const timeOf = (index: number, stepMs: number): string =>
  new Date(Date.UTC(2000, 0, 1) + index * stepMs).toISOString().slice(0, 19).replace('T', ' ');

const range = (count: number): number[] => [...Array(count).keys()];

/** `time` and `columns` columns of numbers. */
export function writeWide(path: string, rows: number, columns: number, stepMs = 1_000): void {
  const header = ['time', ...range(columns).map((column) => `v${column}`)].join(',');
  write(path, header, rows, (index) =>
    [timeOf(index, stepMs), ...range(columns).map((column) => cellOf(index * columns + column))].join(','),
  );
}

/** A row for each series and time: the series stand one below the other. */
export function writeLong(path: string, series: number, rows: number): void {
  write(path, 'time,meter,v', series * rows, (index) => {
    const [one, row] = [Math.floor(index / rows), index % rows];
    return `${timeOf(row, 3_600_000)},meter ${one},${cellOf(index)}`;
  });
}
