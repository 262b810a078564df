// A random table, written in a random dialect, is read back with the same values.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { importText } from './support.ts';

interface Row {
  readonly minute: number;
  readonly a: number | null;
  readonly b: number | null;
  readonly c: string | null;
}

const NAMES = [
  'plain',
  'with "quotes"',
  'semi;colon',
  'com,ma',
  'two\nlines',
  'tab\tbed',
  'ünïcödé 😀',
  "it's",
];
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -1_000_000, max: 1_000_000 }),
  fc.double({ min: -1000, max: 1000, noNaN: true }).map((x) => Math.round(x * 100) / 100),
);
const missing = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 5 });

const table = fc.record({
  rows: fc.uniqueArray(
    fc.record({
      minute: fc.integer({ min: -20_000_000, max: 40_000_000 }),
      a: number,
      b: missing(number),
      c: missing(fc.constantFrom(...NAMES)),
    }),
    { selector: ({ minute }) => minute, minLength: 30, maxLength: 120 },
  ) as fc.Arbitrary<Row[]>,
  delimiter: fc.constantFrom(',', ';', '\t'),
  decimalComma: fc.boolean(),
  lineBreak: fc.constantFrom('\n', '\r\n', '\r'),
  quoteAll: fc.boolean(),
  absent: fc.constantFrom('', 'NA', 'nan', '-', 'null'),
  encoding: fc.constantFrom('utf8', 'utf16le') as fc.Arbitrary<'utf8' | 'utf16le'>,
});

type Table = typeof table extends fc.Arbitrary<infer T> ? T : never;

function write({ rows, delimiter, decimalComma, lineBreak, quoteAll, absent, encoding }: Table): Buffer {
  const field = (text: string) =>
    quoteAll || /["\n\r\t,;|]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const digits = (value: number | null) => {
    if (value === null) return absent;
    const text = Object.is(value, -0) ? '-0' : String(value);
    return decimalComma ? text.replace('.', ',') : text;
  };
  const lines = rows.map(({ minute, a, b, c }) =>
    [new Date(minute * 60_000).toISOString(), digits(a), digits(b), c ?? absent].map(field).join(delimiter),
  );
  const text = [['time', 'a', 'b', 'c'].map(field).join(delimiter), ...lines].join(lineBreak);
  return Buffer.from(encoding === 'utf8' ? text : `\ufeff${text}`, encoding);
}

// 1,234 in a table without any other sign of the decimal comma is ambiguous by nature, as is a column without values.
const decidable = ({ rows, decimalComma }: Table) =>
  rows.some(({ b }) => b !== null) &&
  new Set(rows.map(({ c }) => c)).size > 1 &&
  (!decimalComma || rows.some(({ a }) => /\.(\d{1,2}|\d{4,})$/.test(String(a))));

test('property: written, imported, equal', async () => {
  await fc.assert(
    fc.asyncProperty(table.filter(decidable), async (random) => {
      const imported = await importText(write(random), { delimiter: random.delimiter });
      const rows = [...random.rows].sort((x, y) => x.minute - y.minute);
      expect(imported.report).toMatchObject({ rowsRead: rows.length, rowsKept: rows.length, setAside: [] });
      expect(imported.columns.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
        'a numeric',
        'b numeric',
        'c category',
      ]);
      expect(imported.data[0]).toEqual({
        name: 'table',
        times: rows.map(({ minute }) => BigInt(minute) * 60_000_000n),
        columns: { a: rows.map(({ a }) => a), b: rows.map(({ b }) => b), c: rows.map(({ c }) => c) },
      });
    }),
    { seed: 7, numRuns: 60 },
  );
});
