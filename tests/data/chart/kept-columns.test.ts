// Columns for charts are read once as long as there is room, and what a chart needs is never dropped.
import { expect, test } from 'vitest';
import { createKeptColumns, type OpenColumns } from '../../../engine/data/chart/kept-columns.ts';
import { makeSeries } from '../made-series.ts';

const ROWS = 100;
const COLUMN_BYTES = 8 * ROWS;

function source() {
  const asked: string[] = [];
  const open: OpenColumns = async (_path, version) => ({
    datasetName: 'data',
    read: async ({ columns = [] } = {}) => {
      asked.push(`${version}: ${columns.join(' ')}`);
      return [makeSeries(Object.fromEntries(columns.map((name) => [name, new Array(ROWS).fill(version)])))];
    },
    close() {
      asked.push('closed');
    },
  });
  const wanted = (datasetVersionId: number, ...columns: string[]) => ({
    workspacePath: 'w',
    datasetVersionId,
    series: 's',
    columns,
  });
  return { asked, open, wanted };
}

test('what was read is not read again', async () => {
  const { asked, open, wanted } = source();
  const kept = createKeptColumns(10 * COLUMN_BYTES);
  await kept.read(wanted(1, 'a'), open);
  const both = await kept.read(wanted(1, 'b', 'a'), open);
  await kept.read(wanted(1, 'a'), open);
  expect(asked).toEqual(['1: a', 'closed', '1: b', 'closed']);
  expect(both.columns.map(({ name, values }) => [name, values.length])).toEqual([
    ['b', ROWS],
    ['a', ROWS],
  ]);
  expect(both.times).toHaveLength(ROWS);
  const other = await kept.read(wanted(2, 'a'), open);
  expect(other.columns[0]?.values[0]).toBe(2);
});

test('what was used longest ago goes first', async () => {
  const { asked, open, wanted } = source();
  const kept = createKeptColumns(4 * COLUMN_BYTES);
  for (const column of ['a', 'b', 'c', 'a', 'd']) await kept.read(wanted(1, column), open);
  asked.length = 0;
  await kept.read(wanted(1, 'a'), open);
  expect(asked).toEqual([]);
  await kept.read(wanted(1, 'b'), open);
  expect(asked).toEqual(['1: b', 'closed']);
});

test('a chart larger than the room is drawn all the same', async () => {
  const { asked, open, wanted } = source();
  const kept = createKeptColumns(COLUMN_BYTES);
  const { columns } = await kept.read(wanted(1, 'a', 'b', 'c'), open);
  expect(columns).toHaveLength(3);
  await kept.read(wanted(1, 'a', 'b', 'c'), open);
  expect(asked).toHaveLength(2);
});
