// JSON documents and JSON lines (an object a line).
import { readFile, stat } from 'node:fs/promises';
import { HindcastError } from '../../../contract/values/errors.ts';
import { stepTime } from '../reshape/step-time.ts';
import { type CopyWriter, writeCopy } from '../source/copy.ts';
import { textLines } from '../source/lines.ts';
import type { Container, Unpacked, UnpackRequest } from './container.ts';
import { cellOf, findTable, flat, isFields, zonesIn } from './json-tables.ts';

/** A document is read as a whole. */
const MOST_BYTES = 256 << 20;

const START = /^\ufeff?\s*(\{\s*("|\})|\[\s*[[{"\d])/;

export const json: Container = {
  id: 'json',
  matches: (head, fileName) =>
    START.test(head.toString('utf8')) &&
    (!/\.csv$/i.test(fileName) || /^\ufeff?\s*[{[]/.test(head.toString('utf8'))),
  async unpack(request) {
    return (await unpackLines(request)) ?? (await unpackDocument(request));
  },
};

/** Python writes these, though JSON has no such numbers. */
const NO_NUMBER = /([:,[]\s*)(?:NaN|-?Infinity)(?=\s*[,\]}])/g;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const without = text.replace(NO_NUMBER, '$1null');
    return without === text ? undefined : parsed(without);
  }
}

const plain = (line: Buffer, number: number): string => {
  const text = line.toString('utf8');
  return number === 1 ? text.replace(/^\ufeff/, '') : text;
};

interface Lines {
  readonly names: string[];
  readonly objects: number;
  readonly broken: number;
  /** Each object holds a series: `start` and `target`. */
  readonly areSeries: boolean;
}

/** Null where the first lines are no objects of their own. */
async function lookAtLines({ path, signal }: UnpackRequest): Promise<Lines | null> {
  const names = new Set<string>();
  let [objects, broken, series] = [0, 0, 0];
  for await (const { line, number } of textLines(path, signal)) {
    const text = plain(line, number);
    if (text.trim() === '') continue;
    const value = parsed(text);
    if (isFields(value)) {
      objects++;
      if (Array.isArray(value.target)) series++;
      for (const name of Object.keys(flat(value))) names.add(name);
    } else if (++broken > 5 && objects === 0) return null;
  }
  // One object in one line is a document.
  if (objects === 0 || (objects === 1 && series === 0) || broken > objects) return null;
  return { names: [...names], objects, broken, areSeries: series === objects };
}

async function unpackLines(request: UnpackRequest): Promise<Unpacked | null> {
  const found = await lookAtLines(request);
  if (found === null) return null;
  const { path, fileName, target, signal } = request;
  const problems = new Map<number, string>();
  const notes: string[] = [];
  const copy = await writeCopy(target, { fileName, delimiter: ',' }, async (to) => {
    to.row(found.areSeries ? SERIES_NAMES : found.names, 1);
    for await (const { line, number } of textLines(path, signal)) {
      const text = plain(line, number);
      if (text.trim() === '') continue;
      const value = parsed(text);
      if (!isFields(value)) {
        to.row([text.slice(0, 2_000)], number);
        problems.set(to.rows, value === undefined ? 'is no valid JSON' : 'is no JSON object');
      } else if (found.areSeries) writeSeries(to, value, number, notes);
      else {
        const record = flat(value);
        to.row(
          found.names.map((name) => cellOf(record[name])),
          number,
        );
      }
      await to.flush();
    }
  });
  return { path: target, notes, isFinal: true, lines: copy.lines, problems };
}

const SERIES_NAMES = ['time', 'series', 'value'];

/** As GluonTS writes a series: its start, its values, perhaps its frequency. */
function writeSeries(
  to: CopyWriter,
  value: Readonly<Record<string, unknown>>,
  number: number,
  notes: string[],
): void {
  const values = value.target as readonly unknown[];
  const name = cellOf(value.item_id ?? value.id ?? value.name ?? `series ${number}`);
  const timeOf = stepTime(cellOf(value.start), FREQUENCIES[cellOf(value.freq ?? value.frequency)] ?? '');
  if (timeOf === null && notes.length === 0) {
    notes.push(
      'Each line is a series from its start on, and no frequency is said: its values became steps from 1 on.',
    );
  }
  for (const [i, one] of values.entries())
    to.row([timeOf ? timeOf(i) : String(i + 1), name, cellOf(one)], number);
}

const FREQUENCIES: Readonly<Record<string, string>> = {
  H: 'hourly',
  h: 'hourly',
  '1H': 'hourly',
  D: 'daily',
  '1D': 'daily',
  W: 'weekly',
  M: 'monthly',
  ME: 'monthly',
  MS: 'monthly',
  Q: 'quarterly',
  QE: 'quarterly',
  Y: 'yearly',
  A: 'yearly',
  min: 'minutely',
  T: 'minutely',
  '15min': '15_minutes',
  '30min': 'half_hourly',
  '10min': '10_minutes',
};

const MOST_NAMED = 5;

function leftOut(others: readonly string[]): string[] {
  if (others.length === 0) return [];
  const named = others.slice(0, MOST_NAMED).map((name) => `"${name.slice(0, 60)}"`);
  const more = others.length > named.length ? ` and ${others.length - named.length} more` : '';
  return [`Other tables of the document were left out: ${named.join(', ')}${more}.`];
}

async function unpackDocument({ path, fileName, target }: UnpackRequest): Promise<Unpacked> {
  const { size } = await stat(path);
  const fail = (why: string) =>
    new HindcastError('file-unreadable', `${fileName} ${why}.`, { details: { file: fileName } });
  if (size > MOST_BYTES)
    throw fail('is a JSON document of more than 256 MB; write an object a line (JSON lines), or CSV');
  const text = (await readFile(path, 'utf8')).replace(/^\ufeff/, '');
  const value = parsed(text);
  if (value === undefined && !/[\]}]\s*$/.test(text))
    throw fail('is no valid JSON, since it ends in the middle; fetch it again');
  if (value === undefined) throw fail('looks like JSON and is no valid JSON; correct it, or write CSV');
  const table = findTable(value);
  if (table === null || table.rows.length === 0) {
    throw fail(
      'is JSON without a table: write a list of objects, lists of one length, or an object a line (JSON lines)',
    );
  }
  const copy = await writeCopy(target, { fileName, delimiter: ',' }, async (to) => {
    to.row(table.names, 1);
    for (const [i, row] of table.rows.entries()) {
      to.row(
        table.names.map((_, column) => cellOf(row[column])),
        i + 1,
      );
      await to.flush();
    }
  });
  return {
    path: target,
    notes: [
      `The file is JSON: ${table.what} was read, and lines are numbers of records.`,
      ...leftOut(table.others ?? []),
    ],
    isFinal: true,
    above: zonesIn(value),
    lines: copy.lines,
  };
}
