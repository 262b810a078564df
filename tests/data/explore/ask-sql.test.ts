// SQL on a copy of a dataset: answers, and no way out of it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { askSql } from '../../../engine/data/import/source/ask-sql.ts';

const folder = mkdtempSync(join(tmpdir(), 'hindcast-test-sql-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, 'data.csv');
writeFileSync(path, '0,"a",1.5,"x"\n3600000000,"a",,"y"\n0,"b",3,"x"\n');
const ask = (statement: string) =>
  askSql(
    path,
    [
      { name: 'v', type: 'DOUBLE' },
      { name: 'word', type: 'VARCHAR' },
    ],
    statement,
  );

test('questions of other words are answered', async () => {
  const asked = [
    'DESCRIBE data',
    'SUMMARIZE data',
    'WITH x AS (SELECT v FROM data) SELECT max(v) FROM x;',
    'FROM data',
  ];
  for (const statement of asked) expect((await ask(statement)).rows.length).toBeGreaterThan(0);
});

test('a question is answered', async () => {
  expect(
    await ask('SELECT series, count(v) AS n, max(v) AS most FROM data GROUP BY series ORDER BY series'),
  ).toEqual({
    names: ['series', 'n', 'most'],
    rows: [
      ['a', '1', 1.5],
      ['b', '1', 3],
    ],
  });
  expect((await ask("SELECT time FROM data WHERE word = 'y'")).rows).toEqual([['1970-01-01 01:00:00']]);
});

test.each([
  "SELECT * FROM read_csv('/etc/passwd')",
  `COPY data TO '${join(folder, 'out.csv')}'`,
  "ATTACH '/tmp/other.db'",
  'SET enable_external_access = true',
  'INSTALL httpfs',
  'SELECT nonsense FROM data',
  'DROP TABLE data',
  'UPDATE data SET v = 0',
  'SELECT 1; SELECT 2',
  '',
])('refused: %s', async (statement) => {
  await expect(ask(statement)).rejects.toMatchObject({ code: 'invalid-input' });
});
