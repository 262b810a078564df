// Encodings that are no UTF-8, found or named; what cannot be read of a text is said with lines. Lines, header and decimal sign that
// the user names.
import { describe, expect, test } from 'vitest';
import { importFailure, importText, writeFile } from './support.ts';

const day = (i: number) => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);
const rows = (count: number, line: (i: number) => string) => Array.from({ length: count }, (_, i) => line(i));
const utf8 = (text: string) => Buffer.from(text, 'utf8');
const base64 = (text: string) => Buffer.from(text, 'base64');

/** A header in an encoding, above rows of ASCII. */
const table = (header: Buffer, delimiter = ',') =>
  Buffer.concat([header, utf8(`\n${rows(30, (i) => `${day(i)}${delimiter}${i}`).join('\n')}\n`)]);

describe('an encoding is found by its bytes', () => {
  test.each([
    ['shift_jis', 'k/qVdCyVvYvPi0OJtyiBjik=', '日付,平均気温(℃)'],
    ['gb18030', 'yNXG2izOwrbI', '日期,温度'],
    ['gb18030', 'yrG85Cyzyb27wb/K1cXMvNs=', '时间,成交量收盘价'],
    ['windows-1251', 'xODy4CzS5ezv5fDg8vPw4A==', 'Дата,Температура'],
    ['windows-1251', '5ODy4Cz25e3g', 'дата,цена'],
    ['windows-1251', 'xODy4CzO8eDk6ug6IOTu5uT8', 'Дата,Осадки: дождь'],
    ['euc-kr', 'wM+9wyzG8rHVseK/wg==', '일시,평균기온'],
    ['big5', 'pOm0wSy2fb1Mu/k=', '日期,開盤價'],
    ['windows-1253', 'x+zl8e/s5+3f4SzI5fHs7+rx4fPf4Q==', 'Ημερομηνία,Θερμοκρασία'],
    ['koi8-r', '5MHUwSz0xc3QxdLB1NXSwQ==', 'Дата,Температура'],
    ['koi8-r', 'xMHUwSzUxc3QxdLB1NXSwQ==', 'дата,температура'],
    ['windows-1251', 'xMDSwCzSxczPxdDA0tPQwA==', 'ДАТА,ТЕМПЕРАТУРА'],
    ['windows-1250', 'RHppZfEsUHLqZGtvnOYgKHOzb/FjZSk=', 'Dzień,Prędkość (słońce)'],
    ['windows-1254', 'R/xuLFlh8P3+IHZlIHP9Y2FrbP1r', 'Gün,Yağış ve sıcaklık'],
    ['gb18030', 'xOosxvjOwg==', '年,气温'],
    ['windows-1252', 'Sm91cixUZW1w6XJhdHVyZSBtb3llbm5lIOAgMiBt', 'Jour,Température moyenne à 2 m'],
    ['windows-1252', 'RGF0dW0sQXXfZW50ZW1wZXJhdHVyIKFD', 'Datum,Außentemperatur ¡C'],
    ['windows-1252', 'dGltZSxNZW6ScyB0ZW1wICiwQyk=', 'time,Men’s temp (°C)'],
  ])('%s', async (encoding, header, text) => {
    const bytes = base64(header);
    expect(new TextDecoder(encoding).decode(bytes)).toBe(text);
    const { columns, report } = await importText(table(bytes));
    expect(columns.map(({ name }) => name)).toEqual([text.split(',')[1]]);
    expect(report.notes).toEqual([
      `The file was read as ${encoding}, a guess from its bytes: if words look wrong, name the encoding (in a terminal: --encoding).`,
    ]);
  });

  test('Japanese between escapes', async () => {
    const { columns, report } = await importText(table(base64('GyRCRy83bkZ8GyhCLBskQko/NlE1JDI5GyhC')));
    expect(columns.map(({ name }) => name)).toEqual(['平均気温']);
    expect(report.notes).toEqual(['The file was read as iso-2022-jp.']);
  });

  test('or named, and then kept in the recipe', async () => {
    const { columns, recipe, report } = await importText(table(base64('5ODy4Cz25e3g')), {
      encoding: 'latin1',
    });
    expect(columns[0]?.name).toBe('öåíà');
    expect(recipe).toMatchObject({ encoding: 'latin1' });
    expect(report.notes).toEqual(['The file was read as windows-1252.']);
  });

  test('a name that is none is refused', async () => {
    const error = await importFailure(writeFile('time,v\n'), { encoding: 'klingon' });
    expect(error).toMatchObject({ code: 'invalid-input', details: { field: 'encoding' } });
  });
});

describe('bytes that are no characters', () => {
  test('two encodings in one file: each line is read in its own', async () => {
    const lines = rows(40, (i) => `${day(i)},Köln,${i}\n`);
    const halves = [lines.slice(0, 20), lines.slice(20)].map((half) => half.join(''));
    const { series, report } = await importText(
      Buffer.concat([utf8(`Date,Ort,v\n${halves[0]}`), Buffer.from(halves[1] ?? '', 'latin1')]),
    );
    expect(series[0]?.columns[0]?.categories).toEqual(['Köln']);
    expect(report.notes.join()).toMatch(
      /encodings of the file are mixed.* 20 lines of it, the first being line 22, as windows-1252/,
    );
  });

  test('characters that were lost before are said with their line', async () => {
    const { report } = await importText(
      `time,place,v\n${rows(30, (i) => `${day(i)},${i % 9 === 4 ? 'K\ufffdln' : 'Bonn'},${i}`).join('\n')}\n`,
    );
    expect(report.notes.join()).toMatch(
      /^3 lines of the file, the first being line 6, have characters that cannot be read/,
    );
  });

  test('so are those that the named encoding does not have', async () => {
    const text = Buffer.from(
      `time,place,v\n${rows(30, (i) => `${day(i)},${i === 4 ? 'Köln' : 'Bonn'},${i}`).join('\n')}\n`,
      'latin1',
    );
    expect((await importText(text, { encoding: 'utf-8' })).report.notes.join()).toMatch(
      /^1 line of the file, the first being line 6/,
    );
  });

  test.each([
    ['at the end', 30, 30],
    ['between lines', 10, 30],
    ['in the midst of a line', 10.5, 29],
  ])('zeros as a loss of power leaves them: %s', async (_, at, kept) => {
    const lines = rows(30, (i) => `${day(i)},${i}\n`);
    const zeros = '\0'.repeat(64);
    const above = lines.slice(0, Math.floor(at)).join('') + (at % 1 ? (lines[10] ?? '').slice(0, 4) : '');
    const below = lines
      .slice(Math.floor(at))
      .join('')
      .slice(at % 1 ? 4 : 0);
    const { report } = await importText(`time,v\n${above}${zeros}${below}`);
    expect(report).toMatchObject({ rowsRead: 30, rowsKept: kept, rowsSetAside: 30 - kept });
    expect(report.notes.join()).toContain(`1 line, the first being line ${Math.floor(at) + 2}`);
  });

  test('zeros here and there are no text', async () => {
    expect(await importFailure(writeFile('time,v\n2024-01-01,1\0\n2024-01-02,\0\0\x002\n'))).toMatchObject({
      code: 'file-binary',
    });
  });
});

describe('what the user says of the form', () => {
  const text = (above: string) => `${above}time,v\n${rows(30, (i) => `${day(i)},${i}`).join('\n')}\n`;
  const strange = '2020-01-01,5\n2020-01-02,6\n';

  test.each([
    ['the lines above the table', { skip: 2 }],
    ['the line of the header', { headerLine: 3 }],
  ])('%s', async (_, options) => {
    const { columns, recipe, report } = await importText(text(strange), options);
    expect(columns[0]?.name).toBe('v');
    expect(recipe).toMatchObject(options);
    expect(report).toMatchObject({
      rowsRead: 30,
      rowsKept: 30,
      notes: ['2 lines above the table were skipped.'],
    });
  });

  test('a header of numbers', async () => {
    const { columns } = await importText(`time,2020\n${rows(30, (i) => `${day(i)},${i}`).join('\n')}\n`, {
      headerLine: 1,
    });
    expect(columns[0]?.name).toBe('2020');
  });

  test('a line that the file does not have is refused', async () => {
    const error = await importFailure(writeFile('time,v\n2024-01-01,1\n'), { skip: 9 });
    expect(error.message).toMatch(/has only 2 lines/);
  });

  test.each([
    [',', 1234],
    ['.', 1.234],
  ] as const)('the decimal sign %s', async (decimal, value) => {
    const lines = rows(30, (i) => `${day(i)};${i % 2 ? '1.234' : '2.345'}`);
    const { data, recipe, report } = await importText(`time;v\n${lines.join('\n')}\n`, { decimal });
    expect(data[0]?.columns.v?.[1]).toBe(value);
    expect(recipe).toMatchObject({ decimal });
    expect(report.notes.join()).not.toContain('if 1.234 means');
  });
});

test('a series without a header, as the user says: its first line is a row', async () => {
  const { columns, report, recipe } = await importText(
    `2019-12-31,about 5\n${rows(30, (i) => `${day(i)},${i}`).join('\n')}\n`,
    { headerLine: 0 },
  );
  expect(columns.map(({ name }) => name)).toEqual(['column2']);
  expect(report.rowsRead).toBe(31);
  expect(recipe).toMatchObject({ headerLine: 0 });
});
