// What pointing at the preview of an import says.
import { expect, test } from 'vitest';
import {
  asOneSeries,
  bringBack,
  detectLines,
  headerAt,
  leaveOut,
  pointedLine,
  renameTo,
  rowsFrom,
  seriesIn,
  tableFrom,
  timesIn,
} from '../../renderer/features/data/pointing.ts';

test('a line is the header, or the first of the table, or neither', () => {
  const skipped = tableFrom({ decimal: ',', headerLine: 2 }, 5);
  expect(skipped).toEqual({ decimal: ',', skip: 4 });
  const headed = headerAt(skipped, 3);
  expect(headed).toEqual({ decimal: ',', headerLine: 3 });
  expect([skipped, headed, {}].map(pointedLine)).toEqual([5, 3, null]);
  const headless = [rowsFrom(headed, 1), rowsFrom(headed, 4)];
  expect(headless).toEqual([
    { decimal: ',', headerLine: 0, skip: 0 },
    { decimal: ',', headerLine: 0, skip: 3 },
  ]);
  expect(headless.map(pointedLine)).toEqual([1, 4]);
  expect(detectLines(headed)).toEqual({ decimal: ',' });
});

test('a column holds the times or names the series', () => {
  expect(timesIn({ timeColumn: 'a', timeFormat: '%d' }, 'b')).toEqual({ timeColumn: 'b' });
  expect(seriesIn({ layout: 'wide' }, 'town')).toEqual({ seriesColumn: 'town' });
  expect(asOneSeries({ seriesColumn: 'town' })).toEqual({ layout: 'wide' });
});

test('a column is left out by the name that the file gives it, a derived one is not derived', () => {
  const options = {
    clean: { rename: { v: 'power' }, derive: [{ name: 'h', form: 'hour' as const }] },
  };
  const one = leaveOut(options, 'power');
  expect(one.clean?.drop).toEqual(['v']);
  const two = leaveOut(leaveOut(one, 'h'), 'w');
  expect(two.clean).toEqual({ rename: { v: 'power' }, drop: ['v', 'w'] });
  expect(bringBack(bringBack(two, 'v'), 'w').clean).toEqual({ rename: { v: 'power' } });
  expect(bringBack(leaveOut({}, 'v'), 'v')).toEqual({});
});

test('a column has a new name, another one, and its own again', () => {
  const once = renameTo({ decimal: ',' }, 'v', 'power');
  expect(once).toEqual({ decimal: ',', clean: { rename: { v: 'power' } } });
  const twice = renameTo(once, 'power', ' load ');
  expect(twice.clean).toEqual({ rename: { v: 'load' } });
  expect(renameTo(twice, 'load', 'v')).toEqual({ decimal: ',' });
  expect(renameTo(twice, 'load', ' ')).toEqual({ decimal: ',' });
  const derive = [
    { name: 'h', form: 'difference' as const, column: 'v' },
    { name: 'hh', form: 'lag' as const, column: 'h' },
  ];
  expect(renameTo({ clean: { derive } }, 'h', 'step').clean?.derive).toEqual([
    { name: 'step', form: 'difference', column: 'v' },
    { name: 'hh', form: 'lag', column: 'step' },
  ]);
});
