// A small table beside data that have no labels of their own: one column names the samples, another one says their labels.
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { splitRecord } from '../../import/source/record.ts';

export interface LabelTable {
  readonly fileName: string;
  readonly labels: ReadonlyMap<string, string>;
}

const MOST_BYTES = 64 * 2 ** 20;
/** A table of more says more of the samples than their labels. */
const MOST_COLUMNS = 1_000;
const LABEL = /^(label|class|category|type|target|species|y)$/i;

/** Null where no column names most of the samples. */
export async function readLabelTable(path: string, names: ReadonlySet<string>): Promise<LabelTable | null> {
  if ((await stat(path)).size > MOST_BYTES) return null;
  const text = (await readFile(path, 'utf8')).replace(/^\ufeff/, '');
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const delimiter = /\.tsv$/i.test(path)
    ? '\t'
    : lines[0]?.includes(';') && !lines[0].includes(',')
      ? ';'
      : ',';
  const rows = lines.map((line) => splitRecord(line, delimiter).map((cell) => cell.trim()));
  const columns = rows[0]?.length ?? 0;
  if (columns > MOST_COLUMNS) return null;
  const hits = Array.from({ length: columns }, (_, column) =>
    rows.reduce((sum, row) => sum + (names.has(row[column] ?? '') ? 1 : 0), 0),
  );
  const key = hits.indexOf(Math.max(...hits));
  if (columns < 2 || hits[key]! * 2 < names.size) return null;
  const named = rows[0]!.findIndex((name, column) => column !== key && LABEL.test(name));
  const label = named >= 0 ? named : key === 0 ? 1 : 0;
  return {
    fileName: basename(path),
    labels: new Map(rows.map((row) => [row[key] ?? '', row[label] ?? ''])),
  };
}
