// A bit that flips in a row's header makes its BLOB something else; what reads it gets bytes all the same.
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { blobCell } from '../../../engine/store/checks/blob-cell.ts';

test.each([
  ['a BLOB', Buffer.of(1, 2), [1, 2]],
  ['NULL', null, []],
  ['a text', 'ab', [97, 98]],
  ['a number', 7n, [55]],
])('%s is read as bytes', (_name, value, bytes) => {
  const database = new Database(':memory:');
  database.exec('CREATE TABLE kept (data)');
  database.prepare('INSERT INTO kept VALUES (?)').run(value);
  const row = database.prepare(`SELECT ${blobCell('data')} FROM kept`).get() as { data: unknown };
  expect(Buffer.isBuffer(row.data)).toBe(true);
  expect([...(row.data as Buffer)]).toEqual(bytes);
});
