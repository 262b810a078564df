// The files of the UEA & UCR archive of time series classification (.ts): a sample a line, its channels between colons, its label last.
// Source: the format of sktime and aeon, "The .ts file format".
import type { SetAsideRow } from '../../../contract/datasets/dataset.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import type { NumberRows } from '../sample-table.ts';
import { readPlainText } from './plain-text.ts';
import { stepsOf } from './ragged.ts';
import type { RawSamples, ReadRequest, SampleForm } from './raw-samples.ts';

export const ucrTsForm: SampleForm = {
  recognises: ({ isFolder, head }) =>
    !isFolder &&
    /^(?:[^\S\n]*(?:#[^\n]*)?\n)*[^\S\n]*@(problemname|timestamps|univariate|classlabel|targetlabel)\b/i.test(
      head.toString('latin1'),
    ),
  isOnlySamples: true,
  read: readTs,
};

const MOST_RAW = 2_000;

async function readTs({ path, sample, progress }: ReadRequest): Promise<RawSamples> {
  const { text, recipe } = await readPlainText(path, sample);
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((line) => /^\s*@data\b/i.test(line));
  if (start < 0) throw noData(path);
  const header = lines.slice(0, start).join('\n');
  // Of the archive of regressions the last field is a number.
  const isOfNumbers = /^\s*@targetlabel\s+true\b/im.test(header);
  if (!isOfNumbers && !/^\s*@classlabel\s+true\b/im.test(header)) throw noClasses(path);
  const rows: string[][] = [];
  const found: number[] = [];
  const values: NumberRows[] = [];
  const setAside: SetAsideRow[] = [];
  for (const [index, line] of lines.entries()) {
    if (index <= start || line.trim() === '' || /^\s*[#@]/.test(line)) continue;
    const fields = fieldsOf(line);
    const label = fields.at(-1)!.trim();
    const read = fields.length < 2 ? 'it has no label behind a colon' : channelsOf(fields.slice(0, -1));
    if (typeof read === 'string') {
      setAside.push({ line: index + 1, column: null, reason: read, raw: line.slice(0, MOST_RAW) });
      continue;
    }
    rows.push([label]);
    found.push(index + 1);
    values.push(read);
  }
  progress(1);
  return {
    form: 'a series of the UCR archive (.ts) a line',
    names: [isOfNumbers ? 'value' : 'label'],
    rows,
    lines: found,
    roles: {
      [isOfNumbers ? 'valueColumn' : 'labelColumn']: isOfNumbers ? 'value' : 'label',
      inputColumn: 'series',
    },
    input: { name: 'series', kind: 'sequence', values },
    setAside,
    notes: [],
    recipe,
  };
}

/** Colons inside of brackets belong to times. */
function fieldsOf(line: string): string[] {
  if (!line.includes('(')) return line.split(':');
  const fields: string[] = [];
  let from = 0;
  let depth = 0;
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '(') depth += 1;
    else if (line[at] === ')') depth -= 1;
    else if (line[at] === ':' && depth === 0) {
      fields.push(line.slice(from, at));
      from = at + 1;
    }
  }
  return [...fields, line.slice(from)];
}

/** [steps, channels]; a reason where they cannot be read. Channels that end earlier are missing (NaN) from there. */
function channelsOf(fields: readonly string[]): NumberRows | string {
  const channels = fields.map(numbersOf);
  const steps = stepsOf(channels);
  if (steps === null) return 'its channels are of too different lengths';
  if (steps === 0) return 'its series is empty';
  if (channels.some((values) => values.includes('bad'))) return 'a value of its series is no number';
  const values = new Float32Array(steps * channels.length).fill(Number.NaN);
  for (const [channel, numbers] of channels.entries())
    for (const [step, value] of numbers.entries()) values[step * channels.length + channel] = value as number;
  return { channels: channels.length, values };
}

/** `1,2,?` or with times `(0,1),(1,2)`: of these the values. */
function numbersOf(field: string): (number | 'bad')[] {
  const words = field.includes('(')
    ? [...field.matchAll(/\(([^()]*)\)/g)].map((match) => match[1]!.slice(match[1]!.lastIndexOf(',') + 1))
    : field.split(',');
  if (words.length === 1 && words[0]!.trim() === '') return [];
  return words.map((word) => {
    const text = word.trim();
    if (text === '?' || /^nan$/i.test(text)) return Number.NaN;
    const value = Number(text);
    return text === '' || Number.isNaN(value) ? 'bad' : value;
  });
}

const nameOf = (path: string): string => path.split(/[/\\]/).at(-1)!;

function noData(path: string): HindcastError {
  const message = `${nameOf(path)} has no line "@data", below which its series stand; fetch it again.`;
  return new HindcastError('file-unreadable', message, { details: { file: path } });
}

function noClasses(path: string): HindcastError {
  const message = `${nameOf(path)} says that its series have no classes ("@classLabel false"); choose data with classes.`;
  return new HindcastError('file-unreadable', message, { details: { file: path } });
}
