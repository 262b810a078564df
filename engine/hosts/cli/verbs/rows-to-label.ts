// New rows for a run that labels the rows of series: from a table with its columns, in the stretches that it reads.
import { basename } from 'node:path';
import type { LabelWindow } from '../../../contract/tasks/label.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { linesOfFile } from './lines-of-file.ts';

const DELIMITERS = ['\t', ';', ','];
const MISSING = '?';

/** @returns stretches of rows, their numbers between commas. @throws HindcastError `unknown-column` */
export async function rowsToLabel(path: string, { columns, lookback }: LabelWindow): Promise<string[]> {
  const [header = '', ...lines] = await linesOfFile(path);
  const delimiter = DELIMITERS.find((one) => header.includes(one)) ?? ',';
  const cut = (line: string) => line.split(delimiter).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  const names = cut(header.replace(/^\uFEFF/, ''));
  const indices = columns.map((column) => {
    const index = names.indexOf(column);
    if (index >= 0) return index;
    const message = `${basename(path)} has no column "${column}", which the run reads; its columns are ${names.join(', ')}.`;
    throw new HindcastError('unknown-column', message, { details: { column } });
  });
  const rows = lines.map((line) => {
    const cells = cut(line);
    return indices.map((index) => numberText(cells[index] ?? '', delimiter)).join(',');
  });
  return Array.from({ length: Math.ceil(rows.length / lookback) }, (_, at) =>
    rows.slice(at * lookback, (at + 1) * lookback).join(' '),
  );
}

/** With a decimal comma where commas do not separate; what is no number is not known. */
function numberText(cell: string, delimiter: string): string {
  const text = delimiter === ',' ? cell : cell.replace(',', '.');
  return text !== '' && Number.isFinite(Number(text)) ? text : MISSING;
}
