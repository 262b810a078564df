// Numbers that programs and countries write with other signs: full-width and Arabic digits, and Fortran's exponents with a D or without a letter.
// Their cells are rewritten in a temporary copy; every other cell stays as it is.

import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { readHead, type TextFile } from './dialect.ts';
import { textLines } from './lines.ts';

const ARABIC = '\u0660-\u0669';
const PERSIAN = '\u06f0-\u06f9';
const WIDE = '\uff10-\uff19';
const DIGIT = new RegExp(`[${ARABIC}${PERSIAN}${WIDE}]`, 'gu');
/** Signs of numbers and times beside such digits; an empty text leaves out a separator of thousands. */
const SIGNS: Readonly<Record<string, string>> = {
  '\u066b': '.',
  '\u066c': '',
  '\uff0e': '.',
  '\uff0c': '',
  '\uff1a': ':',
  '\uff0f': '/',
  '\uff0d': '-',
  '\uff0b': '+',
};
const SIGN = new RegExp(`[${Object.keys(SIGNS).join('')}]`, 'gu');
const START = '(^|[,;|\\t"])';
const END = '(?=$|[,;|\\t"])';
const CELL = new RegExp(
  `${START}([0-9${ARABIC}${PERSIAN}${WIDE}${Object.keys(SIGNS).join('')}\u2212+\\-.:/ \u5e74\u6708\u65e5\u6642\u65f6\u5206\u79d2TZ%]+)${END}`,
  'gu',
);
/** A point or the sign of the exponent tells it from a code such as 12D5. */
const FORTRAN = /(^|[,;|\t" ])([+-]?(?:\d+\.\d*|\.\d+))[dD]([+-]?\d{1,3})(?=$|[,;|\t" ])/g;

/** Where the exponent has three digits there is no room for the letter. Fewer decimals may be a range, as 1.5-200. */
const WITHOUT_LETTER = /(^|[,;|\t" ])([+-]?\d*\.\d{4,})([+-]\d{3})(?=$|[,;|\t" ])/g;

const ZEROS = [0x0660, 0x06f0, 0xff10];

function digitOf(text: string): string {
  const code = text.charCodeAt(0);
  const zero = ZEROS.find((one) => code >= one && code <= one + 9) ?? code;
  return String(code - zero);
}

const SHARE = 0.2;

interface Rewriting {
  readonly note: (example: string) => string;
  /** Every text in which something is rewritten has it: most files are done with one look. */
  readonly sign: RegExp;
  /** Of the lines of the head that hold something: in fewer it is something else. */
  readonly share: number;
  /** The line itself where nothing is rewritten. */
  rewrite(line: string): string;
}

const REWRITINGS: readonly Rewriting[] = [
  {
    note: (example) => `Digits of another script were read as 0 to 9, as in "${example}".`,
    sign: DIGIT,
    share: SHARE,
    rewrite: (line) =>
      line.replace(CELL, (cell, before: string, text: string) =>
        text.search(DIGIT) < 0
          ? cell
          : before + text.replace(DIGIT, digitOf).replace(SIGN, (sign) => SIGNS[sign] ?? sign),
      ),
  },
  {
    note: (example) => `A D before an exponent, as Fortran writes it, was read as an E, as in "${example}".`,
    sign: /[.\d][dD][+-]?\d/,
    share: SHARE,
    rewrite: (line) => line.replace(FORTRAN, '$1$2E$3'),
  },
  {
    note: (example) =>
      `Exponents of three digits without a letter, as Fortran writes them, were read as such, as in "${example}".`,
    sign: /\.\d{4,}[+-]\d{3}/,
    share: 0,
    rewrite: (line) => line.replace(WITHOUT_LETTER, '$1$2E$3'),
  },
];

const MOST_SHOWN = 40;

function rewritingsOf(head: string): { readonly rewritings: readonly Rewriting[]; readonly notes: string[] } {
  const lines = head.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  const found = REWRITINGS.flatMap((rewriting) => {
    if (head.search(rewriting.sign) < 0) return [];
    const changed = lines.filter((line) => rewriting.rewrite(line) !== line);
    const [example = ''] = changed;
    if (changed.length < 2 || changed.length < rewriting.share * lines.length) return [];
    return [{ rewriting, note: rewriting.note(example.slice(0, MOST_SHOWN)) }];
  });
  return { rewritings: found.map(({ rewriting }) => rewriting), notes: found.map(({ note }) => note) };
}

const FLUSH_LINES = 10_000;

async function copy(
  file: TextFile,
  target: FileHandle,
  rewritings: readonly Rewriting[],
  signal?: AbortSignal,
) {
  let pending: string[] = [];
  let bytes = 0;
  const flush = async () => {
    const block = Buffer.from(pending.join(''));
    pending = [];
    bytes += block.length;
    await target.appendFile(block);
  };
  for await (const { line, number } of textLines(file.path, signal)) {
    const text = line.subarray(number === 1 ? file.skip : 0).toString('utf8');
    pending.push(`${rewritings.reduce((one, { rewrite }) => rewrite(one), text)}\n`);
    if (pending.length >= FLUSH_LINES) await flush();
  }
  await flush();
  return bytes;
}

/** The file itself where it has no such numbers. */
export async function withPlainDigits(
  file: TextFile,
  folder: string,
  signal?: AbortSignal,
): Promise<{ readonly file: TextFile; readonly notes: readonly string[] }> {
  const { buffer } = await readHead(file);
  const { rewritings, notes } = rewritingsOf(buffer.toString('utf8'));
  if (rewritings.length === 0) return { file, notes };
  const path = join(folder, 'digits.csv');
  await using target = await open(path, 'wx');
  const bytes = await copy(file, target, rewritings, signal);
  return { file: { ...file, path, bytes, skip: 0 }, notes };
}
