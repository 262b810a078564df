// The record reader finds the same records for every buffer size, checked against a plain parser of whole texts.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  byteClasses,
  createRecordState,
  readRecord,
  splitRecord,
} from '../../../engine/data/import/source/record.ts';

interface Read {
  readonly text: string;
  readonly fields: number;
  readonly line: number;
  readonly broken: boolean;
}

/** Reads all records with a buffer that shows `step` more bytes whenever more are asked for. */
function readAll(text: string, step: number): Read[] {
  const buffer = Buffer.from(text);
  const classes = byteClasses(',');
  const state = createRecordState();
  const records: Read[] = [];
  let at = 0;
  let line = 1;
  for (let limit = Math.min(step, buffer.length); ; limit = Math.min(limit + step, buffer.length)) {
    // Bytes behind the limit must not be looked at: they are wrong until then.
    const window = Buffer.concat([buffer.subarray(0, limit), Buffer.from('"\n,"')]);
    let last = false;
    for (;;) {
      while (at < limit && readRecord(state, window, at, limit, last, classes)) {
        records.push({
          text: buffer.toString('utf8', state.start, state.end),
          fields: state.fields,
          line,
          broken: state.brokenQuote,
        });
        line += state.lines;
        at = state.next;
      }
      if (limit < buffer.length || last) break;
      last = true;
    }
    if (limit === buffer.length) return records;
  }
}

describe('records', () => {
  test('quoted line breaks, doubled quotes, three kinds of line ends', () => {
    expect(readAll('a,"b\nc"\r\n"d ""x""",e\rf', 1)).toEqual([
      { text: 'a,"b\nc"', fields: 2, line: 1, broken: false },
      { text: '"d ""x""",e', fields: 2, line: 3, broken: false },
      { text: 'f', fields: 1, line: 4, broken: false },
    ]);
  });
  test('a broken quote gives up its first line only', () => {
    expect(readAll('a,"b\nc,d\ne,"f"\n', 3).map(({ text, broken }) => [text, broken])).toEqual([
      ['a,"b', true],
      ['c,d', false],
      ['e,"f"', false],
    ]);
  });
  test('a quoted field of more than a megabyte is a stray quote', () => {
    const text = `a,"b\n${'c,d\n'.repeat(300_000)}e,f"\n`;
    const records = readAll(text, 1 << 22);
    expect(records[0]).toEqual({ text: 'a,"b', fields: 2, line: 1, broken: true });
    expect(records).toHaveLength(300_002);
    expect(records.at(-1)).toMatchObject({ text: 'e,f"', line: 300_002, broken: false });
  });
});

const field = fc.string({ unit: fc.constantFrom('a', 'ü', ' ', '"', ',', '\n', '\r', '1'), maxLength: 6 });
const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
const countLines = (text: string) => text.split(/\r\n|\r|\n/).length - 1;

test('property: quoted tables come back, with fields, lines and any buffer size', () => {
  fc.assert(
    fc.property(
      table,
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.integer({ min: 1, max: 9 }),
      (rows, lineBreak, step) => {
        const texts = rows.map((row) => row.map(quote).join(','));
        const read = readAll(texts.join(lineBreak), step);
        expect(read.map(({ text }) => splitRecord(text, ','))).toEqual(rows);
        let line = 1;
        for (const [i, record] of read.entries()) {
          expect(record).toMatchObject({ fields: rows[i]?.length, line, broken: false });
          line += countLines(texts[i] ?? '') + 1;
        }
      },
    ),
    { seed: 1, numRuns: 300 },
  );
});

test('property: any text is read whole, the same for every buffer size', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' '), maxLength: 40 }),
      fc.integer({ min: 1, max: 7 }),
      (text, step) => {
        const whole = readAll(text, 1 << 20);
        expect(readAll(text, step)).toEqual(whole);
        const joined = whole.map((record) => record.text).join('');
        expect(joined.replaceAll(/[\r\n]/g, '')).toBe(text.replaceAll(/[\r\n]/g, ''));
      },
    ),
    { seed: 2, numRuns: 500 },
  );
});
