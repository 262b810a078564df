// A comparison with studies in it: what is drawn and how it is named.
import { expect, test } from 'vitest';
import type { RunSummary } from '../../engine/contract/runs/run.ts';
import { CATALOGUE } from '../../engine/evaluation/catalogue.ts';
import { runLabel } from '../../engine/words/run-label.ts';
import { comparedOf, drawnRuns, looksOf } from '../../renderer/features/compare/compared.ts';
import { meanCurve } from '../../renderer/features/compare/mean-line.ts';
import { rankedSubjects, type Subject } from '../../renderer/features/compare/ranked-rows.ts';
import { splitDifferences } from '../../renderer/features/compare/split-differences.ts';
import { lookOfSubject, MODEL } from '../../renderer/features/run/subjects.ts';

const run = (id: number): RunSummary =>
  ({ id, name: `co2 ${id}`, modelKind: 'gru', bestEpoch: 1 }) as unknown as RunSummary;
const runs = Array.from({ length: 13 }, (_, index) => run(index + 1));
const study = { id: 7, name: 'seeds', runs: runs.slice(1).map(({ id }) => id) };
const comparison = { runs, studies: [study] } as unknown as Parameters<typeof comparedOf>[0];

test('a study is one thing of one look, folded until it is unfolded', () => {
  const compared = comparedOf(comparison, new Set());
  expect(compared.map(({ key, label, isUnfolded }) => [key, label, isUnfolded])).toEqual([
    ['1', '1 co2 1, gru', true],
    ['s7 seeds', 's7 seeds, 12 runs', false],
  ]);
  expect(comparedOf(comparison, new Set(['s7 seeds']))[1]?.isUnfolded).toBe(true);
  const looks = looksOf(compared);
  expect(looks.get(3)).toEqual(looks.get(13));
  expect(looks.get(1)).not.toEqual(looks.get(3));
});

test('ten runs have ten colours, and every second half is dashed: close colours differ in that too', () => {
  const looks = [
    ...looksOf(comparedOf({ ...comparison, runs: runs.slice(0, 10), studies: [] }, new Set())).values(),
  ];
  expect(new Set(looks.map(({ color }) => color)).size).toBe(10);
  expect(looks.map(({ dash }) => dash !== undefined)).toEqual([
    false,
    false,
    false,
    false,
    false,
    true,
    true,
    true,
    true,
    true,
  ]);
});

test('every baseline of the catalogue has a look of its own, and none has that of the model', () => {
  const subjects = [MODEL, ...CATALOGUE.baselines.map(({ subject }) => subject)];
  const looks = subjects.map((subject) => JSON.stringify(lookOfSubject(subject, CATALOGUE)));
  expect(new Set(looks).size).toBe(subjects.length);
});

test('what only some runs have a setting for comes after what differs in all', () => {
  const [ofAll, ofSome] = splitDifferences([
    { path: 'model.kind', values: ['gru', 'linear'] },
    { path: 'model.units', values: [32, null] },
    { path: 'seed', values: [1, 2] },
  ]);
  expect(ofAll.map(({ path }) => path)).toEqual(['model.kind', 'seed']);
  expect(ofSome.map(({ path }) => path)).toEqual(['model.units']);
});

test('of more runs than a chart can hold, one of each study is drawn', () => {
  expect(drawnRuns(comparedOf(comparison, new Set())).map(({ id }) => id)).toEqual([1, 2]);
  const few = { ...comparison, runs: runs.slice(0, 4) };
  expect(drawnRuns(comparedOf(few, new Set()))).toHaveLength(4);
});

test('of a damaged run nothing is drawn', () => {
  const some = { ...comparison, runs: [runs[0]!, { ...runs[1]!, state: 'damaged' as const }] };
  expect(drawnRuns(comparedOf(some, new Set())).map(({ id }) => id)).toEqual([1]);
});

test('scores are listed best first, runs of an unfolded study below it, and what has no number last', () => {
  const row = (runId: number | null, studyId: number | null, label: string, value: number) =>
    [{ runId, studyId, label, metric: 'mae', value }] as unknown as Subject;
  const compared = comparedOf(comparison, new Set(['s7 seeds']));
  const ranked = rankedSubjects(
    [
      row(1, null, 'one', 3),
      row(null, 7, 'seeds', 2),
      row(3, null, 'second', 2.5),
      row(2, null, 'first', 1.5),
      row(null, null, 'broken', Number.NaN),
      row(null, null, 'repeat', 1),
    ],
    { metric: 'mae', compared, catalogue: CATALOGUE },
  );
  expect(ranked.map(([first]) => first?.label)).toEqual([
    'repeat',
    'seeds',
    'first',
    'second',
    'one',
    'broken',
  ]);
});

test('the mean of curves goes as far as all reach, between points on the straight line', () => {
  const mean = meanCurve([
    { x: [1, 2, 3], y: [3, 2, 1] },
    { x: [1, 3, 5], y: [1, 4, 9] },
    { x: [], y: [] },
  ]);
  expect(Array.from(mean?.x ?? [])).toEqual([1, 2, 3]);
  expect(Array.from(mean?.y ?? [])).toEqual([2, 2.25, 2.5]);
  expect(Array.from(mean?.min ?? [])).toEqual([1, 2, 1]);
  expect(Array.from(mean?.max ?? [])).toEqual([3, 2.5, 4]);
  expect(meanCurve([])).toBeNull();
});

test('a label has number, name and model, the model once', () => {
  expect(runLabel({ ...run(12), name: 'CO2 gru 32' })).toBe('12 CO2 gru 32');
  expect(runLabel({ ...run(12), name: 'wide' })).toBe('12 wide, gru');
  expect(runLabel({ ...run(12), name: 'gruff' })).toBe('12 gruff, gru');
  expect(runLabel({ ...run(12), name: 'damaged one', modelKind: '' })).toBe('12 damaged one');
  expect(runLabel({ ...run(1), name: 'A encoder-decoder', modelKind: 'encoder-decoder' })).toBe(
    '1 A encoder-decoder',
  );
});

test('two configurations of a study are two columns, and the runs of each stay below its own row', () => {
  const parts = [
    { id: 7, name: 'duel: wide', runs: [1, 3] },
    { id: 7, name: 'duel: narrow', runs: [2, 4] },
  ];
  const comparisonOfParts = { runs: runs.slice(0, 4), studies: parts } as unknown as typeof comparison;
  const compared = comparedOf(comparisonOfParts, new Set());
  expect(compared.map(({ label }) => label)).toEqual(['s7 duel: wide, 2 runs', 's7 duel: narrow, 2 runs']);
  const row = (runId: number | null, label: string, value: number) =>
    [{ runId, studyId: runId === null ? 7 : null, label, metric: 'mae', value }] as unknown as Subject;
  const subjects = [
    row(2, 'two', 4),
    row(1, 'one', 1),
    row(null, 'duel: narrow', 3),
    row(null, 'duel: wide', 2),
  ];
  const ranked = rankedSubjects(subjects, { metric: 'mae', compared, catalogue: CATALOGUE });
  expect(ranked.map(([first]) => first?.label)).toEqual(['duel: wide', 'one', 'duel: narrow', 'two']);
});
