// Comment lines above the table.
import { describe, expect, test } from 'vitest';
import { importFailure, importPath, importText, us, writeFile } from './support.ts';

const TABLE = 'time,temp\n2000-01-01,1\n2000-01-02,2.5\n2000-01-03,3\n';
const NOTE = 'A comment line (#) above the table was skipped.';

async function expectTable(text: string | Uint8Array, note: string) {
  const { data, report, columns } = await importText(text);
  expect(columns).toEqual([{ name: 'temp', kind: 'numeric' }]);
  expect(data[0]).toEqual({
    name: 'table',
    times: ['2000-01-01', '2000-01-02', '2000-01-03'].map(us),
    columns: { temp: [1, 2.5, 3] },
  });
  expect(report.notes).toContain(note);
  expect(report.rowsSetAside).toBe(0);
}

describe('lines that begin with # above the header', () => {
  test.each([
    ['one', `# Bonn\n${TABLE}`, NOTE],
    ['one with other separators, quotes and times', `# a;b;"c 2000-01-01\n${TABLE}`, NOTE],
    ['a line of white space below it', `# Bonn\n \t\n${TABLE}`, NOTE],
    ['several, blank lines between', `\n# Bonn\n\n #\n#x,y\n\n${TABLE}`, `3 ${several()}`],
    ['Windows line ends', `# Bonn\n#\n${TABLE}`.replaceAll('\n', '\r\n'), `2 ${several()}`],
    ['old line ends', `# Bonn\n${TABLE}`.replaceAll('\n', '\r'), NOTE],
    ['a byte order mark', `\u{feff}# Bonn\n${TABLE}`, NOTE],
  ])('%s', (_, text, note) => expectTable(text, note));

  test('in UTF-16', () => expectTable(Buffer.from(`\u{feff}# Bonn\n${TABLE}`, 'utf16le'), NOTE));

  test.each([['\n'], ['\r\n'], ['\r']])(
    'lines of rows that cannot be read are still those of the file: %j',
    async (lineBreak) => {
      const text = `# a\n#b\n\n${TABLE}2000-01-04,warm\n2000-01-05\n2000-01-06,6\n`;
      const { report } = await importText(text.replaceAll('\n', lineBreak));
      expect(report.setAside.map(({ line, raw }) => [line, raw])).toEqual([[9, '2000-01-05']]);
      expect(report.notes.join()).toContain('"warm" (line 8)');
    },
  );
});

describe('a header that begins with #', () => {
  test('is the header still', async () => {
    const { recipe, report, columns } = await importText(`#${TABLE}`);
    expect(recipe.timeColumn).toBe('#time');
    expect(columns).toEqual([{ name: 'temp', kind: 'numeric' }]);
    expect(report.notes).toEqual([]);
  });

  test('below comments', async () => {
    const { recipe, report } = await importText(`# Bonn, Germany\n# since 1900\n# ${TABLE}`);
    expect(recipe.timeColumn).toBe('# time');
    expect(report.notes).toContain(`2 ${several()}`);
  });

  test('is not a comment of another width', async () => {
    const { columns, report } = await importText(`# Bonn\n${TABLE.replace('time,temp\n', '')}`);
    expect(columns).toEqual([{ name: 'column2', kind: 'numeric' }]);
    expect(report.notes).toContain(NOTE);
  });
});

test('a # below the header is data', async () => {
  const { data, report } = await importText('time,place,temp\n2000-01-01,#1,1\n2000-01-02,#1,2\n#x,#2,3\n');
  expect(data[0]?.columns.temp).toEqual([1, 2]);
  expect(report.setAside[0]).toMatchObject({ line: 4, raw: '#x,#2,3' });
});

test('a file whose every line begins with # is read as before', async () => {
  const { data } = await importText('#id,time,v\n#1,2000-01-01,1\n#2,2000-01-02,2\n');
  expect(data[0]?.columns.v).toEqual([1, 2]);
});

test('nothing but comments and a header is empty', async () => {
  const error = await importFailure(writeFile('# a\ntime,v\n'));
  expect(error.code).toBe('file-empty');
});

test('the same table with and without a comment gives the same data', async () => {
  const plain = await importPath(writeFile(TABLE));
  const commented = await importPath(writeFile(`# Bonn\n${TABLE}`));
  expect(commented.data).toEqual(plain.data);
  expect(commented.series).toEqual(plain.series);
});

function several(): string {
  return 'comment lines (#) above the table were skipped.';
}
