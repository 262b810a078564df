// Files that cannot be imported: one clear sentence each, and nothing is handed out.
import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import type { ImportOptions } from '../../../engine/contract/datasets/dataset.ts';
import { importFile } from '../../../engine/data/import/import-file.ts';
import { importFailure, writeFile } from './support.ts';

const GOOD = 'time,v\n2000-01-01,1\n2000-01-02,2\n2000-01-03,3\n';

const leftovers = () =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`hindcast-import-${process.pid}-`));
afterEach(() => expect(leftovers()).toEqual([]));

async function expectFailure(path: string, code: string, message: RegExp, options: ImportOptions = {}) {
  const error = await importFailure(path, options);
  expect([error.code, error.message]).toEqual([code, expect.stringMatching(message)]);
  expect(error.message.endsWith('.')).toBe(true);
  return error;
}

describe('the file', () => {
  test('missing', () => expectFailure('/no/such/file.csv', 'file-missing', /no file \/no\/such\/file\.csv/));
  test('a folder', () => expectFailure(tmpdir(), 'file-unreadable', /is a folder/));
  test('a device', () => expectFailure('/dev/null', 'file-unreadable', /device or a pipe/));
  test('empty', () => expectFailure(writeFile(''), 'file-empty', /table\.csv is empty/));
  test('only blank lines', () => expectFailure(writeFile(' \n\n  \n'), 'file-empty', /no readable line/));
  test('only a header', () => expectFailure(writeFile('time,v\n'), 'file-empty', /only a header/));
  test('a header and blank lines', () =>
    expectFailure(writeFile('time,v\n\n\n'), 'file-empty', /only a header/));
  test.skipIf(process.getuid?.() === 0)('not permitted', () => {
    const path = writeFile(GOOD);
    chmodSync(path, 0);
    return expectFailure(path, 'file-unreadable', /permissions/);
  });
});

describe('binary files say what they seem to be', () => {
  const kinds: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['PNG', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), /a PNG image/],
    ['bzip2', Buffer.from('BZh91AY'), /a bzip2 archive/],
    ['xlsx', Buffer.from('PK\x03\x04\x14\0\x06\0[Content_Types].xml', 'latin1'), /an Excel workbook/],
    ['zip', Buffer.concat([Buffer.from('PK\x03\x04a.csv', 'latin1'), deflateRawSync(GOOD)]), /a zip archive/],
    ['Parquet', Buffer.from('PAR1\x15\x04', 'latin1'), /a Parquet file/],
    ['SQLite', Buffer.from('SQLite format 3\0', 'latin1'), /an SQLite database/],
    ['NUL bytes', Buffer.from(`${GOOD}2000-01-04,\0\0\n`), /NUL bytes/],
    ['NUL bytes far inside', Buffer.from(`${GOOD}${'2000-01-04,4\n'.repeat(100_000)}\0\n`), /NUL bytes/],
    ['tar', Buffer.from(`table.csv${'\0'.repeat(248)}ustar\0${GOOD}`), /a tar archive/],
  ];
  for (const [name, bytes, message] of kinds) {
    test(name, () => expectFailure(writeFile(bytes), 'file-binary', message));
  }
});

describe('the columns', () => {
  test('no readable time column', async () => {
    const error = await expectFailure(
      writeFile('name,v\na,1.5\nb,2\nc,3\n'),
      'no-time-column',
      /no readable times among its columns "name", "v" \(the first value of "name" is "a"\); .*--time-column, --time-format\); texts without times are read with --as samples, and pairs with --target-column/,
    );
    expect(error.details).toMatchObject({ columns: ['name', 'v'] });
  });
  test('a time column that holds none', () =>
    expectFailure(writeFile('when,v\nx,1\ny,2\n'), 'no-time-column', /no readable times in "when"/, {
      timeColumn: 'when',
    }));
  // Of 40 values every fifth is no time: 80 %.
  const partly = () =>
    writeFile(
      `when,v\n${Array.from({ length: 40 }, (_, i) => `${i % 5 ? `2000-01-${10 + (i % 20)}` : 'x'},${i}`).join('\n')}`,
    );
  test('too few values of a column are times: how many, and how many would do', () =>
    expectFailure(
      partly(),
      'no-time-column',
      /no readable times among its columns "when", "v" \(32 of the 40 values of "when" can be read as ISO times, and at least 95 % have to be\); name the time column/,
    ));
  test('the column that comes nearest is the one that is named', () =>
    expectFailure(
      writeFile(
        `from,to,v\n${Array.from({ length: 40 }, (_, i) => `${i % 4 ? '2000-01-10' : 'x'},${i % 8 ? '2000-01-11' : 'y'},1`).join('\n')}`,
      ),
      'no-time-column',
      /\(35 of the 40 values of "to" can be read as ISO times/,
    ));
  test('half of a column that was named', () =>
    expectFailure(
      writeFile('when,v\nx,1\ny,2\n2000-01-01,3\n'),
      'invalid-input',
      /does not fit table\.csv: 1 of the 3 values of "when" can be read as %Y-%m-%d, and at least half have to be;/,
      { timeColumn: 'when', timeFormat: '%Y-%m-%d' },
    ));
  test('too few values of the form that was given', () =>
    expectFailure(
      partly(),
      'invalid-input',
      /The time format "%Y-%m-%d" does not fit table\.csv: 32 of the 40 values of "when" can be read as %Y-%m-%d, and at least 95 % have to be;/,
      { timeFormat: '%Y-%m-%d' },
    ));
  test('no numeric column', () =>
    expectFailure(
      writeFile('time,v\n2000-01-01,a\n2000-01-02,b\n2000-01-03,a\n'),
      'no-numeric-column',
      /no numeric column \("v": it is text with 2 different values in 3 rows, such as "a"\)/,
    ));
  test('no value at all', () =>
    expectFailure(
      writeFile('time,v\n2000-01-01,\n2000-01-02,NA\n2000-01-03,-\n'),
      'no-numeric-column',
      /no numeric column/,
    ));
  test('two columns of one name', () =>
    expectFailure(
      writeFile('time,a,b,a\n2000-01-01,1,2,3\n'),
      'duplicate-column',
      /two columns named "a" \(columns 2 and 4\)/,
    ));
  test('two columns of one name after trimming', () =>
    expectFailure(
      writeFile('time,a ,b," a"\n2000-01-01,1,2,3\n'),
      'duplicate-column',
      /two columns named "a"/,
    ));
  test('unknown columns in the options', async () => {
    const path = writeFile(GOOD);
    await expectFailure(
      path,
      'unknown-column',
      /no column "tme" \(did you mean "time"\?\); its columns are "time", "v"/,
      {
        timeColumn: 'tme',
      },
    );
    await expectFailure(path, 'unknown-column', /no column "symbol"/, { seriesColumn: 'symbol' });
  });
  test('too many columns, found before anything is read', async () => {
    const names = Array.from({ length: 10_001 }, (_, i) => `c${i}`).join(',');
    await expectFailure(
      writeFile(`${names}\n${names.replaceAll('c', '')}\n`),
      'file-unreadable',
      /has 10,001 columns, and 10,000 is the limit/,
    );
  });
  test('no row has as many fields as the header', () =>
    expectFailure(
      writeFile('time,a,b\n2000-01-01,1\n2000-01-02,2\n'),
      'file-unreadable',
      /no readable row: line 2 has 2 fields where 3 are expected/,
    ));
});

test('every row has to be set aside', () =>
  expectFailure(
    writeFile('time,who,v\n2000-01-01,,1\n2000-01-02,NA,2\n'),
    'file-unreadable',
    /no row that can be kept: line 2, the name of the series is missing/,
    { seriesColumn: 'who' },
  ));

describe('the options', () => {
  const path = () => writeFile(GOOD);
  test('a time format that reads nothing', () =>
    expectFailure(
      path(),
      'invalid-input',
      /time format "%d\.%m\.%Y" reads nothing in column "time".*first value is "2000-01-01"/,
      { timeColumn: 'time', timeFormat: '%d.%m.%Y' },
    ));
  test('a time format that reads nothing in any column', () =>
    expectFailure(path(), 'invalid-input', /reads nothing in any column/, { timeFormat: '%d.%m.%Y' }));
  test('a time format that is none', () =>
    expectFailure(path(), 'invalid-input', /"%q" is no time format/, { timeFormat: '%q' }));
  test('a zone that is none', () =>
    expectFailure(path(), 'invalid-input', /no time zone "Mars\/Base"/, { timeZone: 'Mars/Base' }));
  test('a delimiter that can not be one', () =>
    expectFailure(path(), 'invalid-input', /"1" can't part columns/, { delimiter: '1' }));
  test('series and time in one column', () =>
    expectFailure(path(), 'invalid-input', /time column and the series column/, { seriesColumn: 'time' }));
  test('wide with a series column', () =>
    expectFailure(path(), 'invalid-input', /wide layout has no series column/, {
      seriesColumn: 'v',
      layout: 'wide',
    }));
  test('long without a series column', () =>
    expectFailure(path(), 'invalid-input', /--series-column/, { layout: 'long' }));
  test('most times repeat and nothing tells series apart', () => {
    const rows = Array.from({ length: 60 }, (_, i) => `${2000 + (i % 6)},${i}`);
    return expectFailure(
      writeFile(`year,v\n${rows.join('\n')}\n`),
      'invalid-input',
      /60 rows but only 6 different times in "year"/,
    );
  });
});

test('cancelling ends the import with its own code and leaves no files', async () => {
  const rows = Array.from({ length: 50_000 }, (_, i) => `${new Date(i * 1000).toISOString()},${i}`);
  const path = writeFile(Buffer.from(`\ufefftime,v\n${rows.join('\n')}`, 'utf16le'));
  mkdirSync(join(dirname(path), 'empty'));
  for (const fraction of [0, 0.05, 0.2, 0.5, 0.7]) {
    const controller = new AbortController();
    const progress = (state: { readonly fraction: number }) => {
      if (state.fraction >= fraction) controller.abort();
    };
    const work = importFile(
      { path, sample: null, options: {} },
      { progress, described: () => {}, chunk: async () => {} },
      controller.signal,
    );
    await expect(work).rejects.toMatchObject({ code: 'cancelled' });
    expect(leftovers()).toEqual([]);
  }
});
