// The run list: studies with their runs below them, and test scores that are kept apart.
import { describe, expect, test } from 'vitest';
import type { StudySummary } from '../../engine/contract/studies/study.ts';
import { CATALOGUE } from '../../engine/evaluation/catalogue.ts';
import {
  type Entry,
  entriesOf,
  listStudies,
  referencesTo,
  runsOf,
} from '../../renderer/features/runs/list-entries.ts';
import { rowsByMeasure, rowsOf, type SortedEntry } from '../../renderer/features/runs/list-rows.ts';
import { FIELDS, FILTER_HELP, filterRuns, type ListedRun } from '../../renderer/features/runs/run-filter.ts';

const run = (id: number, more: Partial<ListedRun> = {}): ListedRun =>
  ({
    id,
    name: `run ${id}`,
    state: 'completed',
    studyId: null,
    studyPosition: null,
    testMetric: null,
    tags: [],
    ...more,
  }) as unknown as ListedRun;

const member = (id: number, studyId: number, studyPosition: number, more: Partial<ListedRun> = {}) =>
  run(id, { studyId, studyPosition, ...more } as Partial<ListedRun>);

const study = (id: number, test: object | null = null): StudySummary =>
  ({ id, name: `study ${id}`, findings: { test, validation: null, note: null } }) as unknown as StudySummary;

const namesOf = (entries: readonly Entry[]): string[] => entries.map(({ key }) => key);
const sorted = (entries: readonly Entry[]): SortedEntry[] =>
  entries.map((entry) => ({ entry, below: entry.study ? entry.below : [] }));

describe('studies in the list', () => {
  const runs = [run(6), member(5, 1, 3), member(4, 1, 2), member(3, 1, 1), run(2), member(1, 9, 1)];
  const studies = listStudies(runs, [study(1), study(2)]);

  test('a study stands for its runs, in their order; a run of an unknown study is a row of its own', () => {
    const entries = entriesOf(runs, studies);
    expect(namesOf(entries)).toEqual(['run-6', 'study-1', 'run-2', 'run-1']);
    expect(runsOf(entries[1]!).map(({ id }) => id)).toEqual([3, 4, 5]);
    expect([...studies.keys()]).toEqual([1]);
  });

  test('it shows its runs when it is unfolded', () => {
    const rows = (chosen: [string, boolean][]) =>
      rowsOf(sorted(entriesOf(runs, studies)), new Map(chosen)).map(({ key }) => key);
    expect(rows([])).toEqual(['run-6', 'study-1', 'run-2', 'run-1']);
    expect(rows([['study-1', true]])).toEqual([
      'run-6',
      'study-1',
      'run-5',
      'run-4',
      'run-3',
      'run-2',
      'run-1',
    ]);
  });

  test('a filter that leaves some of its runs shows these, unless the user folds them away', () => {
    const entries = entriesOf(filterRuns(runs, '#4', 'all'), studies);
    expect(rowsOf(sorted(entries), new Map()).map(({ key }) => key)).toEqual(['study-1', 'run-4']);
    expect(rowsOf(sorted(entries), new Map([['study-1', false]])).map(({ key }) => key)).toEqual(['study-1']);
    expect(runsOf(entries[0]!)).toHaveLength(3);
  });

  test('what is compared is the study where all its runs are chosen', () => {
    const chosen = (...ids: number[]) =>
      referencesTo(
        runs.filter(({ id }) => ids.includes(id)),
        studies,
      );
    expect(chosen(6, 5, 4, 3)).toEqual(['6', 's1']);
    expect(chosen(6, 5, 4)).toEqual(['6', '5', '4']);
    expect(chosen(1, 2)).toEqual(['2', '1']);
  });
});

describe('test scores in the list', () => {
  const scored = (id: number, fingerprint: string, more: Partial<ListedRun> = {}) =>
    run(id, {
      fingerprint,
      testMetric: 'mae',
      testUnit: 'original',
      targetNames: 'CO2',
      datasetName: 'co2',
      datasetVersion: 1,
      ...more,
    } as Partial<ListedRun>);
  const headed = (runs: readonly ListedRun[], known: readonly StudySummary[] = []) =>
    rowsByMeasure(sorted(entriesOf(runs, listStudies(runs, known))), new Map(), CATALOGUE).map((row) =>
      row.entry ? row.key : row.heading,
    );

  test('of one protocol need no heading', () => {
    expect(headed([scored(1, 'a'), scored(2, 'a')])).toEqual(['run-1', 'run-2']);
  });

  test('of different protocols, metrics and units stand apart, and what has none comes last', () => {
    const rows = headed([
      run(9),
      scored(1, 'a'),
      scored(2, 'b'),
      scored(3, 'a', { testMetric: 'rmse' }),
      scored(4, 'a', { testUnit: 'standardized' }),
      scored(5, 'a'),
    ]);
    expect(rows).toEqual([
      'MAE of CO2, data co2 v1, protocol a',
      'run-1',
      'run-5',
      'MAE of CO2, data co2 v1, protocol b',
      'run-2',
      'MAE of CO2, standardized, data co2 v1, protocol a',
      'run-4',
      'RMSE of CO2, data co2 v1, protocol a',
      'run-3',
      'No test score',
      'run-9',
    ]);
  });

  test('a study stands where its scores are measured; without a mean it has no score', () => {
    const runs = [
      scored(1, 'a', { studyId: 1, studyPosition: 1 } as Partial<ListedRun>),
      scored(2, 'b', { studyId: 2, studyPosition: 1 } as Partial<ListedRun>),
      scored(3, 'a'),
    ];
    const rows = headed(runs, [study(1, { mean: 1, metric: 'mae', unit: 'original' }), study(2)]);
    expect(rows.slice(1)).toEqual(['study-1', 'run-3', 'No test score', 'study-2']);
  });
});

describe('the filter', () => {
  test('finds the runs of a study by its number and by its name', () => {
    const runs = [run(1, { name: 'gru s3 test' }), member(2, 3, 1, { studyName: 'Seeds of CO2' })];
    const found = (text: string) => filterRuns(runs, text, 'all').map(({ id }) => id);
    expect(found('s3')).toEqual([1, 2]);
    expect(found('#s3')).toEqual([2]);
    expect(found('study:seeds')).toEqual([2]);
    expect(found('seeds')).toEqual([2]);
    expect(found('study:s3')).toEqual([2]);
  });

  test('its help has an example of every field', () => {
    const fields = FILTER_HELP.flatMap(([example]) => /^(\w+):/.exec(example)?.[1] ?? []);
    expect(fields.toSorted()).toEqual(Object.keys(FIELDS).toSorted());
  });
});
