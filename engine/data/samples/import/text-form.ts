// Plain texts without labels: a whole file as one text (a novel), or each line as a text of its own (names).
import { basename } from 'node:path';
import { TEXT_FORMS } from '../../../contract/datasets/samples.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { countText } from '../../count-text.ts';
import { splitRecord } from '../../import/source/record.ts';
import { isOfHeaderWords } from './header-words.ts';
import { beginningOf, readPlainText } from './plain-text.ts';
import type { RawSamples, ReadRequest, SampleForm } from './raw-samples.ts';

const NAMES = /\.(txt|text|md)$/i;

export const textForm: SampleForm = {
  recognises: ({ name, isFolder, head }) => !isFolder && NAMES.test(name) && isProse(beginningOf(head)),
  isOnlySamples: true,
  read: readTexts,
};

const DELIMITERS = ['\t', ';', ',', '|'];
/** Of characters: tables of numbers have more digits than that, texts far fewer. */
const MOST_DIGITS = 0.2;

/** Whether a file begins with a text, not with a table. */
export function isProse(head: string): boolean {
  if (head.includes('\0')) return false;
  const all = head.split(/\r?\n/).filter((line) => line.trim() !== '');
  // The last one may be cut off.
  const lines = all.length > 1 ? all.slice(0, -1) : all;
  if (lines.length === 0) return false;
  const letters = lines.join('');
  if ((letters.match(/\d/g)?.length ?? 0) > MOST_DIGITS * letters.length) return false;
  return lines.length < 2 || !DELIMITERS.some((delimiter) => isTable(lines, delimiter));
}

/**
 * Whether lines are the rows of a table. As many commas in each line are not enough: two lines of a poem have that too. In prose a space
 * follows a comma; a table that is written so has a header, or two columns of short cells, of which one holds numbers or a few values.
 */
function isTable(lines: readonly string[], delimiter: string): boolean {
  if (delimiter === '\t' && lines.every((line) => line.includes(delimiter))) return true;
  const rows = lines.map((line) => splitRecord(line, delimiter));
  const width = rows[0]!.length;
  if (width < 2 || rows.some((row) => row.length !== width)) return false;
  const columns = Array.from({ length: width }, (_, index) => rows.map((row) => row[index]!));
  // A comma ends each line of a poem.
  const filled = columns.filter((cells) => cells.some((cell) => cell !== ''));
  if (filled.length < 2) return false;
  if (!lines.some((line) => line.trimEnd().includes(`${delimiter} `))) return true;
  if (isOfHeaderWords(rows[0]!)) return true;
  const short = filled.filter((cells) => cells.every(isShort));
  return short.length > 1 && short.some((cells) => isOfOneKind(cells.slice(1)));
}

const SHORT_CELL = 24;
const isShort = (cell: string): boolean => cell.length <= SHORT_CELL && cell.split(/\s+/).length <= 3;

const FEWEST_REPEATED = 4;

/** Below the header, if there is one. */
function isOfOneKind(cells: readonly string[]): boolean {
  const given = cells.filter((cell) => cell !== '');
  if (given.length === 0) return false;
  if (given.every((cell) => /^[-+]?[\d.:/%$€ -]*\d[\d.:/%$€ -]*$/.test(cell))) return true;
  return given.length >= FEWEST_REPEATED && new Set(given).size <= given.length / 2;
}

async function readTexts({ path, sample, options, progress }: ReadRequest): Promise<RawSamples> {
  const { text, recipe, note } = await readPlainText(path, sample, options.encoding);
  progress(0.5);
  const file = basename(path);
  if (text.trim() === '') throw refused(file, 'holds no text');
  if (text.includes('\0')) throw refused(file, 'is no text: it holds zero bytes');
  const isOfLines = options.as === 'lines' || (options.as !== 'text' && hasShortLines(text));
  const texts = isOfLines ? linesOf(text) : [{ line: 1, text: text.replace(/\r\n?/g, '\n') }];
  progress(1);
  return {
    form: isOfLines ? TEXT_FORMS.lines : TEXT_FORMS.text,
    names: ['name', 'text'],
    rows: texts.map((one) => [isOfLines ? `line ${one.line}` : file, one.text]),
    lines: texts.map(({ line }) => line),
    roles: { inputColumn: 'text', nameColumn: 'name' },
    isUnlabelled: true,
    setAside: [],
    notes: [
      ...(note === null ? [] : [note]),
      ...(options.as === undefined
        ? [
            isOfLines
              ? `Each of the ${countText(texts.length)} lines is a text of its own; "Read as" (in a terminal: --as text) reads the file as one.`
              : 'The whole file is one text; "Read as" (in a terminal: --as lines) makes each line a text of its own.',
          ]
        : []),
    ],
    recipe,
  };
}

const linesOf = (text: string): { line: number; text: string }[] =>
  text
    .split(/\r\n?|\n/)
    .map((line, index) => ({ line: index + 1, text: line.trim() }))
    .filter((one) => one.text !== '');

const FEWEST_LINES = 20;
const SHORT_LINE = 40;
/** Texts have empty lines between their paragraphs, lists have none. */
const MOST_EMPTY = 0.02;

function hasShortLines(text: string): boolean {
  const lines = text.trimEnd().split(/\r\n?|\n/);
  const empty = lines.filter((line) => line.trim() === '').length;
  if (lines.length < FEWEST_LINES || empty > MOST_EMPTY * lines.length) return false;
  const lengths = lines.map((line) => line.trim().length).toSorted((a, b) => a - b);
  return lengths[Math.floor(0.9 * lengths.length)]! <= SHORT_LINE;
}

function refused(file: string, why: string): HindcastError {
  return new HindcastError('file-unreadable', `${file} ${why}; choose another file.`, { details: { file } });
}
