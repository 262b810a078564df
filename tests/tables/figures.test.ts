// Pictures of tables: heat maps whose image holds the cells, lines that break where a value is missing.
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { EngineClient } from '../../engine/connect/connection.ts';
import { HindcastError } from '../../engine/contract/values/errors.ts';
import { figuresSvg } from '../../engine/tables/inside/figure-svg.ts';
import { heatOf, linesOf } from '../../engine/tables/inside/figures.ts';
import { palettePng } from '../../engine/tables/inside/palette-png.ts';
import { reportFigures, reportViews } from '../../engine/tables/inside/report-views.ts';
import { colorTable } from '../../engine/words/color-tables.ts';

const TABLE = {
  columns: ['head', 'unit', 'step', 'value'],
  rows: [0, 1].flatMap((head) =>
    [4, 2, 9].flatMap((unit) =>
      [0, 1, 2, 3].map((step) => [head, unit, step, head + unit * step === 18 ? null : unit - step]),
    ),
  ),
};

test('a table becomes one map a group, its lines in their order', () => {
  const maps = heatOf(TABLE, { title: 'Weights', line: 'unit', x: 'step', by: 'head', colors: 'diverging' });
  expect(maps.map(({ title }) => title)).toEqual(['Weights, head 0', 'Weights, head 1']);
  expect(maps[0]).toMatchObject({ lines: ['4', '2', '9'], x: [0, 1, 2, 3] });
  expect([...maps[0]!.values[2]!]).toEqual([9, 8, Number.NaN, 6]);
  const upright = heatOf(TABLE, {
    title: 'x',
    line: 'unit',
    x: 'step',
    by: 'head',
    colors: 'log',
    isUpright: true,
  });
  expect(upright[0]!.lines).toEqual(['9', '2', '4']);
});

test('lines are grouped, and none is made of nothing', () => {
  const [figure] = linesOf(TABLE, { title: 'x', x: 'step', y: ['value'], by: ['unit'] });
  expect(figure?.lines.map(({ name }) => name)).toEqual(['4', '2', '9']);
  const empty = { columns: ['lag', 'norm'], rows: [[0, null]] };
  expect(linesOf(empty, { title: 'x', x: 'lag', y: ['norm'] })).toEqual([]);
  expect(figuresSvg([])).toBeNull();
});

test('the image holds a byte a cell, the lowest and the highest colour at the ends, and grey where nothing is known', () => {
  const table = colorTable('sequential', 'light');
  const url = palettePng(
    [
      [0, 10],
      [5, Number.NaN],
    ],
    { low: 0, high: 10 },
    table,
  );
  const bytes = Buffer.from(url.split(',')[1]!, 'base64');
  const at = (type: string) => bytes.indexOf(type, 0, 'latin1');
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([2, 2]);
  const data = bytes.subarray(at('IDAT') + 4, at('IDAT') + 4 + bytes.readUInt32BE(at('IDAT') - 4));
  expect([...inflateSync(data)]).toEqual([0, 1, 255, 0, 128, 0]);
  const palette = bytes.subarray(at('PLTE') + 4);
  const last = table.at(-1)!;
  expect([...palette.subarray(3 * 255, 3 * 256)]).toEqual([
    last & 255,
    (last >> 8) & 255,
    (last >> 16) & 255,
  ]);
});

test('a gradient of zero has the lowest colour of a logarithmic map and a place on a logarithmic axis, and is not taken for unknown', () => {
  const columns = ['lag', 'epoch', 'norm'];
  const rowsOf = (norms: readonly number[]) => norms.map((norm, lag) => [lag, 0, norm]);
  const options = { title: 'x', line: 'lag', x: 'epoch', value: 'norm', colors: 'log' } as const;
  const colorsOf = (norms: readonly number[]) => {
    const svg = figuresSvg(heatOf({ columns, rows: rowsOf(norms) }, options))!;
    const bytes = Buffer.from(/base64,([^"]+)"/.exec(svg)![1]!, 'base64');
    const data = bytes.indexOf('IDAT', 0, 'latin1');
    const cells = inflateSync(bytes.subarray(data + 4, data + 4 + bytes.readUInt32BE(data - 4)));
    // A filter byte before each line.
    return norms.map((_, line) => cells[2 * line + 1]!);
  };
  // 0 is not known, 1 the lowest colour.
  const [one, small, none] = colorsOf([1, 1e-3, 0]);
  expect([one, none]).toEqual([255, 1]);
  expect(small).toBeGreaterThan(1);
  expect(colorsOf([0, 0])).not.toContain(0);
  const rows = rowsOf([1, 1e-3, 0]);
  const lines = figuresSvg(linesOf({ columns, rows }, { title: 'x', x: 'lag', y: ['norm'], scale: 'log' }))!;
  expect(lines).not.toMatch(/NaN|Infinity/);
});

test('texts of a table are no markup', () => {
  const rows = [['<b>&', 0, 1]];
  const svg = figuresSvg(
    heatOf(
      { columns: ['token', 'step', 'value'], rows },
      { title: '<i>', line: 'token', x: 'step', colors: 'sequential' },
    ),
  );
  expect(svg).toContain('&lt;i&gt;');
  expect(svg).toContain('&lt;b&gt;&amp;');
  expect(svg).toMatch(/^<svg /);
});

test('a report has the views that are drawn, of what the model has', async () => {
  const gradients = async () => ({
    places: [{ place: { part: 'encoder', layer: 0, direction: 'forward' }, hidden: [1, 0.1], cell: null }],
    verdict: null,
  });
  const described = { views: ['window', 'states', 'gradients', 'memory'] };
  const clientOf = (inside: object) => ({ inside }) as unknown as EngineClient;
  const ofWindows = clientOf({ gradients, describe: async () => described });
  expect(await reportViews(ofWindows, 1)).toEqual(['window', 'states', 'gradients']);
  const [figure] = await reportFigures(ofWindows, 1, ['gradients']);
  expect(figure?.title).toBe('Gradients, test origin 0, best weights');
  expect(figure?.svg).toContain('Gradient that arrives at the state');
  await expect(reportFigures(ofWindows, 1, ['step'])).rejects.toThrow('The view step has nothing to draw');
  const ofSamples = clientOf({
    describe: async () => {
      throw new HindcastError('conflict', 'reads samples');
    },
    reader: async () => ({ places: [], attention: [{}] }),
  });
  expect(await reportViews(ofSamples, 1)).toEqual(['reading', 'looks']);
});
