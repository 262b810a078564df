// Reads a file of the long-term forecasting data sets: a column of times, then one numeric column for each channel.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Series } from '../../../engine/data/series.ts';

/** Throws a sentence where the file is something else. */
export function readLtsfFile(path: string): Series {
  const [header = '', ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  const rows = lines.map((line) => line.split(','));
  const [, ...channels] = header.split(',');
  if (channels.length === 0 || rows.length === 0)
    throw new Error(`${path} has no column behind the times, or no row.`);
  const columns = channels.map((name, index) => ({
    name,
    kind: 'numeric' as const,
    values: Float64Array.from(rows, (row, line) => numberOf(row[index + 1], { name, line: line + 2 })),
    categories: [],
  }));
  return {
    name: basename(path).replace(/\.\w+$/, ''),
    times: BigInt64Array.from(rows, ([time = ''], line) => timeOf(time, line + 2)),
    columns,
  };
}

function numberOf(text: string | undefined, { name, line }: { name: string; line: number }): number {
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isNaN(value)) throw new Error(`Line ${line}: "${text ?? ''}" is no number (column ${name}).`);
  return value;
}

function timeOf(text: string, line: number): bigint {
  const ms = Date.parse(`${text.trim().replace(' ', 'T')}Z`);
  if (Number.isNaN(ms)) throw new Error(`Line ${line}: "${text}" is no time such as 2016-07-01 00:00:00.`);
  return BigInt(ms) * 1000n;
}
