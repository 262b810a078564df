import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SpaceSchema, type Told, type Values } from '../../engine/contract/studies/search.ts';
import { haltonShare } from '../../engine/search/methods/halton.ts';
import { METHODS } from '../../engine/search/methods/registry.ts';
import { divide } from '../../engine/search/methods/tpe.ts';
import { type Search, suggest } from '../../engine/search/suggest.ts';
import { BASE, searchOf } from './base.ts';

const KINDS = { kind: 'categorical', values: ['gru', 'lstm', 'attention'] };
const CONDITIONAL = {
  'model.heads': { kind: 'categorical', values: [2, 4] },
  'model.kind': KINDS,
  'model.units': { kind: 'int', min: 8, max: 32, step: 8 },
  'model.forgetBias': { kind: 'linear', min: 0, max: 2 },
  'training.optimizer.learningRate': { kind: 'log', min: 1e-4, max: 1e-1 },
  'training.optimizer.momentum': { kind: 'step', min: 0.1, max: 0.9, step: 0.2 },
  'training.optimizer.kind': { kind: 'categorical', values: ['adam', 'sgd'] },
};

/** Suggestions one after the other, each told the results of those before. */
function play(search: Search, count: number, result: (values: Values) => Told['result']): Told[] {
  const told: Told[] = [];
  for (let trial = 1; trial <= count; trial++) {
    const suggestion = suggest(search, 7, trial, told);
    if (suggestion === null) return told;
    told.push({ trial, values: suggestion.values, result: result(suggestion.values) });
  }
  return told;
}

const has = (values: Values, path: string): boolean => Object.hasOwn(values, path);

describe.each([...METHODS.keys()])('%s', (kind) => {
  const search = searchOf(CONDITIONAL, kind, kind === 'tpe' ? { startup: 5 } : {});
  const told = play(search, 30, (values) => Number(values['model.units']));

  test('chooses a field exactly where the chosen kinds have it, within its range', () => {
    expect(told.length).toBe(30);
    for (const { values } of told) {
      expect(has(values, 'model.heads')).toBe(values['model.kind'] === 'attention');
      expect(has(values, 'model.forgetBias')).toBe(values['model.kind'] === 'lstm');
      expect(has(values, 'training.optimizer.momentum')).toBe(values['training.optimizer.kind'] === 'sgd');
      expect([8, 16, 24, 32]).toContain(values['model.units']);
      if (has(values, 'training.optimizer.momentum'))
        expect([0.1, 0.3, 0.5, 0.7, 0.9]).toContain(values['training.optimizer.momentum']);
      const rate = Number(values['training.optimizer.learningRate']);
      expect(rate >= 1e-4 && rate <= 1e-1).toBe(true);
    }
  });

  test('is a pure function of what it is told, in any order; every trial has a stream of its own', () => {
    const before = told.slice(0, 20);
    const first = suggest(search, 7, 21, before);
    expect(suggest(search, 7, 21, before.toReversed())).toEqual(first);
    expect(first?.values).toEqual(told[20]?.values);
    expect(suggest(search, 7, 22, before)?.values).not.toEqual(first?.values);
  });
});

test('another kind keeps what was set and loses the defaults and fields of the old one', () => {
  const search = searchOf({ 'model.kind': { kind: 'categorical', values: ['lstm', 'gru'] } }, 'grid');
  const lstm = suggest(search, 1, 1, [])?.experiment.model;
  expect(lstm).toMatchObject({ kind: 'lstm', units: 16, dropout: 0.1, forgetBias: 1 });
  expect(lstm).not.toHaveProperty('updateBias');
  expect(suggest(search, 1, 2, [])?.experiment.model).toEqual(BASE.model);
  const optimizers = { 'training.optimizer.kind': { kind: 'categorical', values: ['sgd'] } };
  expect(suggest(searchOf(optimizers, 'random'), 1, 1, [])?.experiment.training.optimizer).toEqual({
    kind: 'sgd',
    learningRate: 1e-2,
    momentum: 0.9,
    nesterov: false,
  });
});

test('choices that contradict each other are drawn again, and skipped on a grid', () => {
  const space = {
    'model.kind': { kind: 'categorical', values: ['attention'] },
    'model.heads': { kind: 'int', min: 1, max: 4 },
    'model.units': { kind: 'int', min: 5, max: 8 },
  };
  for (const kind of METHODS.keys()) {
    const told = play(searchOf(space, kind, kind === 'tpe' ? { startup: 3 } : {}), 12, () => 1);
    // 5 to 8 units by 1 to 4 heads, where the heads divide the units.
    expect(told.length).toBe(8);
    for (const { values } of told)
      expect(Number(values['model.units']) % Number(values['model.heads'])).toBe(0);
  }
});

test('a grid holds every combination once, with the ends of the ranges', () => {
  const space = {
    'training.optimizer.learningRate': { kind: 'log', min: 1e-4, max: 1e-2 },
    'model.dropout': { kind: 'step', min: 0, max: 0.5, step: 0.1 },
  };
  const points = play(searchOf(space, 'grid'), 100, () => 1).map(({ values }) => values);
  expect(points).toHaveLength(18);
  expect(new Set(points.map((one) => JSON.stringify(one))).size).toBe(18);
  expect(points.slice(0, 6).map((one) => one['model.dropout'])).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5]);
  const rates = [...new Set(points.map((one) => Number(one['training.optimizer.learningRate'])))];
  expect(rates[0]).toBe(1e-4);
  expect(rates[1]).toBeCloseTo(1e-3, 12);
  expect(rates[2]).toBe(1e-2);
});

test("the first elements of Halton's sequence fall into each part of the range once", () => {
  for (const [dimension, base] of [2, 3, 5, 7].entries()) {
    const count = base ** 3;
    const parts = Array.from({ length: count }, (_, index) =>
      Math.floor(haltonShare(9, dimension, index) * count),
    );
    expect(new Set(parts).size).toBe(count);
  }
});

test('TPE: a tenth is good, failed trials are the worst, running ones count among the others', () => {
  const results: Told['result'][] = [5, 'failed', 1, null, 2, 9, 8, 7, 6, 4, 3, 1];
  const told = results.map((result, index) => ({ trial: index + 1, values: {}, result }));
  const { good, others } = divide(told);
  expect(good.map(({ trial }) => trial)).toEqual([3, 12]);
  expect(others).toHaveLength(10);
  expect(others.some(({ result }) => result === null)).toBe(true);
});

describe('a space that cannot be searched is refused in one sentence', () => {
  const linear = { kind: 'linear', min: 0, max: 1 };
  const refused: readonly (readonly [string, unknown, RegExp])[] = [
    [
      'an unknown field',
      { 'model.unitz': linear },
      /model\.unitz, .* no such field: model has kind, .*units/,
    ],
    ['a field of another kind', { 'model.heads': linear }, /model\.heads/],
    ['a field of no object', { 'training.epochs.x': linear }, /training\.epochs has no fields/],
    ['a field of null', { 'model.segment.length': linear }, /model\.segment is null/],
    ['another measure', { 'task.horizon': linear }, /validation loss.*set task\.horizon in the experiment/],
    ['the seed', { seed: linear }, /set seed in the experiment/],
    [
      'nothing valid',
      { 'model.dropout': { kind: 'linear', min: 2, max: 3 } },
      /model\.dropout never takes: it is 2; it must be less than 1/,
    ],
  ];
  test.each(refused)('%s', (_name, space, message) => {
    expect(() => suggest(searchOf(space, 'random'), 1, 1, [])).toThrow(message);
  });

  test.each([
    ['an empty range', { 'model.units': { kind: 'int', min: 8, max: 8 } }],
    ['a logarithm of 0', { 'model.units': { kind: 'log', min: 0, max: 8 } }],
    ['no values', { 'model.kind': { kind: 'categorical', values: [] } }],
    ['a value twice', { 'model.kind': { kind: 'categorical', values: ['gru', 'gru'] } }],
    ['an unknown scale', { 'model.units': { kind: 'cubic', min: 1, max: 8 } }],
    ['no field', {}],
  ])('%s', (_name, space) => expect(SpaceSchema.safeParse(space).success).toBe(false));

  test('a grid beyond what can be listed', () => {
    const space = { 'model.units': { kind: 'int', min: 1, max: 4096 } };
    expect(() => suggest(searchOf(space, 'grid'), 1, 1, [])).toThrow(/more than 2000 combinations/);
  });
});

test('TPE is no worse than that of Optuna, and better than random search', () => {
  const space = {
    'training.optimizer.learningRate': { kind: 'log', min: 1e-5, max: 1 },
    'model.dropout': { kind: 'linear', min: 0, max: 0.9 },
    'model.units': { kind: 'int', min: 1, max: 64 },
    'model.recurrentInitializer': { kind: 'categorical', values: ['orthogonal', 'glorot'] },
  };
  const loss = (values: Values): number =>
    (Math.log10(Number(values['training.optimizer.learningRate'])) + 2.5) ** 2 / 4 +
    (Number(values['model.dropout']) - 0.3) ** 2 +
    ((Number(values['model.units']) - 40) / 32) ** 2 +
    (values['model.recurrentInitializer'] === 'orthogonal' ? 0.2 : 0);
  const regrets = (kind: string): number[] =>
    Array.from({ length: 30 }, (_, seed) => {
      const told: Told[] = [];
      const search = searchOf(space, kind);
      for (let trial = 1; trial <= 40; trial++) {
        const { values } = suggest(search, seed + 1, trial, told)!;
        told.push({ trial, values, result: loss(values) });
      }
      return Math.min(...told.map(({ result }) => Number(result)));
    });
  const file = readFileSync(new URL('../golden/search/parzen.json', import.meta.url), 'utf8');
  const optuna = (JSON.parse(file) as { regrets: number[] }).regrets;
  const own = regrets('tpe');
  expect(rankScore(own, optuna)).toBeLessThan(1.96);
  expect(rankScore(own, regrets('random'))).toBeLessThan(-3);
});

/** Mann and Whitney's z; positive where the values of `a` are greater. */
function rankScore(a: readonly number[], b: readonly number[]): number {
  const wins = a.flatMap((x) => b.map((y): number => (x > y ? 1 : x === y ? 0.5 : 0)));
  const product = a.length * b.length;
  const sum = wins.reduce((total, win) => total + win, 0);
  return (sum - product / 2) / Math.sqrt((product * (a.length + b.length + 1)) / 12);
}

describe.each([...METHODS.keys()])('a small space, %s', (kind) => {
  test('is tried once and no more', () => {
    const space = {
      'model.kind': { kind: 'categorical', values: ['gru', 'lstm'] },
      'model.units': { kind: 'int', min: 8, max: 16, step: 8 },
    };
    const told = play(searchOf(space, kind, kind === 'tpe' ? { startup: 2 } : {}), 20, () => 1);
    expect(told.map(({ values }) => Object.values(values).join(' ')).toSorted()).toEqual([
      'gru 16',
      'gru 8',
      'lstm 16',
      'lstm 8',
    ]);
  });
});

test.each([
  [{ 'model.kind': { kind: 'categorical', values: ['gru', 'horse'] } }, 'model.kind', 'horse'],
  [{ 'training.batchSize': { kind: 'categorical', values: [16, 1.5] } }, 'training.batchSize', '1.5'],
  [{ 'model.dropout': { kind: 'linear', min: 0, max: 1 } }, 'model.dropout', '1'],
  [{ 'model.units': { kind: 'int', min: 0, max: 8 } }, 'model.units', '0'],
])('a value that the field never takes is refused: %o', (space, path, value) => {
  expect(() => searchOf(space, 'random')).toThrow(
    `The space offers a value that ${path} never takes: it is `,
  );
  expect(() => searchOf(space, 'random')).toThrow(value);
});
