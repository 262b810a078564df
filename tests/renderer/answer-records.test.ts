// The first answers of a CSV as a table: quoted fields, several lines in one, empty columns left out, probabilities in percent.
import { expect, test } from 'vitest';
import { answerTable, recordsOf } from '../../renderer/tasks/samples/answer-records.ts';

const CSV =
  'sample,name,group,truth,answer,probability,p a,"p b, c"\r\n1,"line ""2"", first",,,a,0.514679491519928,0.514679491519928,0.4853\n2,"two\nlines",,,"b, c",1,0,1\n3,7,,,a,0.75,0.75,0.25';

test('records are read with their quotes and line breaks, as many as are asked for', () => {
  expect(recordsOf(CSV, 3)).toEqual([
    ['sample', 'name', 'group', 'truth', 'answer', 'probability', 'p a', 'p b, c'],
    ['1', 'line "2", first', '', '', 'a', '0.514679491519928', '0.514679491519928', '0.4853'],
    ['2', 'two\nlines', '', '', 'b, c', '1', '0', '1'],
  ]);
  expect(recordsOf(CSV, 9)).toHaveLength(4);
  expect(recordsOf('', 9)).toEqual([]);
});

test('numbers that are classes stay as they are, and estimated numbers are rounded', () => {
  const cells = (csv: string) => answerTable(recordsOf(csv, 9)).rows[0]!.cells;
  expect(cells('sample,answer,probability,p 7\n1200,7,0.5,0.5')).toEqual([
    '1,200',
    '7',
    '50.00 %',
    '50.00 %',
  ]);
  expect(cells('sample,name,answer\n1,7,3.14159265')).toEqual(['1', '7', '3.142']);
});

test('columns without a value are left out, and shares are in percent', () => {
  const { columns, rows } = answerTable(recordsOf(CSV, 9));
  expect(columns.map(({ title }) => title)).toEqual([
    'sample',
    'name',
    'answer',
    'probability',
    'p a',
    'p b, c',
  ]);
  expect(columns.map(({ isNumber }) => isNumber)).toEqual([true, false, false, true, true, true]);
  expect(rows[0]!.cells).toEqual(['1', 'line "2", first', 'a', '51.47 %', '51.47 %', '48.53 %']);
  expect(rows[2]!.cells.slice(0, 4)).toEqual(['3', '7', 'a', '75.00 %']);
});
