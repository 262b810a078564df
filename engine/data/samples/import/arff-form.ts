// Files of Weka (ARFF) whose rows have a class: plain vectors, a series a row, or (relational) several channels a row.
import { open } from 'node:fs/promises';
import type { SetAsideRow } from '../../../contract/datasets/dataset.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { splitRecord } from '../../import/source/record.ts';
import type { NumberRows } from '../sample-table.ts';
import { readPlainText } from './plain-text.ts';
import { stepsOf } from './ragged.ts';
import type { RawSamples, ReadRequest, SampleForm } from './raw-samples.ts';

const ATTRIBUTE = /^\s*@attribute\s+('[^']*'|"[^"]*"|\S+)(.*)$/is;
const CLASS = /^(class|label|target|y)$/i;

/** Those with times are series over time. */
const TIME = /^(date|time|timestamp|datetime)$/i;
const HEAD_BYTES = 2 ** 20;

export const arffForm: SampleForm = {
  async recognises({ path, isFolder, head }) {
    if (isFolder || !/^(?:[^\S\n]*(?:%[^\n]*)?\n)*[^\S\n]*@relation\b/i.test(head.toString('latin1')))
      return false;
    const attributes = attributesIn((await beginningOf(path)).split(/\r?\n/));
    const hasTimes = attributes.some(({ name, type }) => /^date\b/i.test(type) || TIME.test(name));
    return !hasTimes && attributes.some(({ type }) => type.startsWith('{') || /^relational\b/i.test(type));
  },
  isOnlySamples: true,
  read: readArff,
};

async function beginningOf(path: string): Promise<string> {
  await using handle = await open(path, 'r');
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  return buffer.toString('latin1', 0, bytesRead);
}

interface Attribute {
  readonly name: string;
  readonly type: string;
}

async function readArff(request: ReadRequest): Promise<RawSamples> {
  const { path, sample, progress } = request;
  const { text, recipe } = await readPlainText(path, sample);
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((line) => /^\s*@data\b/i.test(line));
  const attributes = attributesIn(lines.slice(0, Math.max(0, start)));
  const relational = attributes.findIndex(({ type }) => /^relational\b/i.test(type));
  const rows: string[][] = [];
  const found: number[] = [];
  const values: NumberRows[] = [];
  const setAside: SetAsideRow[] = [];
  const aside = (index: number, reason: string) =>
    setAside.push({ line: index + 1, column: null, reason, raw: lines[index]!.slice(0, 2_000) });
  for (const [index, line] of lines.entries()) {
    if (start < 0 || index <= start || line.trim() === '' || line.trimStart().startsWith('%')) continue;
    const cells = splitRecord(line.trim().replace(/(^|,)\s*'([^']*)'\s*(?=,|$)/g, '$1"$2"'), ',').map(
      (cell) => cell.trim(),
    );
    if (cells.length !== attributes.length) {
      aside(index, `has ${cells.length} fields where ${attributes.length} are expected`);
      continue;
    }
    if (relational >= 0) {
      const read = relationOf(cells[relational]!);
      if (!read) {
        aside(index, 'its series is no series of numbers of like lengths');
        continue;
      }
      values.push(read);
    }
    rows.push(cells.map((cell) => (cell === '?' ? '' : cell)));
    found.push(index + 1);
  }
  if (rows.length === 0 && setAside.length === 0) throw noData(path);
  progress(1);
  const label = attributes.findLast(({ name, type }) => type.startsWith('{') || CLASS.test(name))?.name;
  return {
    form: 'an ARFF file',
    names: attributes.map(({ name }) => name),
    rows,
    lines: found,
    roles: { ...(label !== undefined && { labelColumn: label }) },
    ...(relational >= 0 && { input: { name: attributes[relational]!.name, kind: 'sequence', values } }),
    setAside,
    notes: [],
    recipe,
  };
}

/** What lies between a relational attribute and its end is its own. */
function attributesIn(lines: readonly string[]): Attribute[] {
  const found: Attribute[] = [];
  let isInside = false;
  for (const line of lines) {
    if (/^\s*@end\b/i.test(line)) isInside = false;
    const match = ATTRIBUTE.exec(line);
    if (!match || isInside) continue;
    const attribute = { name: match[1]!.replace(/^['"]|['"]$/g, ''), type: match[2]!.trim() };
    found.push(attribute);
    isInside = /^relational\b/i.test(attribute.type);
  }
  return found;
}

/** `1,2,3\\n4,5,6`: a channel between the signs for a new line. Null where a value is no number, or most would be missing. */
function relationOf(text: string): NumberRows | null {
  const channels = text
    .split('\\n')
    .map((line) =>
      line
        .split(',')
        .map((word) => (word.trim() === '?' ? Number.NaN : word.trim() === '' ? null : Number(word))),
    );
  const steps = stepsOf(channels);
  if (steps === null) return null;
  const values = new Float32Array(steps * channels.length).fill(Number.NaN);
  for (const [channel, numbers] of channels.entries()) {
    for (const [step, value] of numbers.entries()) {
      if (value === null) return null;
      values[step * channels.length + channel] = value;
    }
  }
  return { channels: channels.length, values };
}

function noData(path: string): HindcastError {
  const message = `${path.split(/[/\\]/).at(-1)} has no rows below a line "@data"; fetch it again.`;
  return new HindcastError('file-unreadable', message, { details: { file: path } });
}
