// runs.compare: what differs in the configurations, and scores ranked only within one protocol.
import { HindcastError } from '../../contract/errors.ts';
import type { RunReference } from '../../contract/ids.ts';
import type { Comparison, RunDetail, Score } from '../../contract/run.ts';
import type { EngineContext } from '../context.ts';
import { runDetail, summaryOf } from './runs.ts';

export function compareRuns(context: EngineContext, references: readonly RunReference[]): Comparison {
  const runs = references.map((reference) => runDetail(context, reference));
  refuseTwins(runs);
  return {
    runs: runs.map((run) => summaryOf(context, run.id)),
    differences: configurationDifferences(runs.map((run) => run.configuration)),
    protocols: protocolGroups(runs),
  };
}

/** A run beside itself has no differences and wins against itself. */
function refuseTwins(runs: readonly RunDetail[]): void {
  const twin = runs.find(({ id }, index) => runs.findIndex((run) => run.id === id) < index);
  if (!twin) return;
  throw new HindcastError('invalid-input', `Run ${twin.id} is named twice: compare takes different runs.`, {
    details: { run: twin.id },
  });
}

/** Every leaf of the configurations whose value is not the same in all of them, in order of first appearance. */
export function configurationDifferences(configurations: readonly unknown[]): Comparison['differences'] {
  const flat = configurations.map((configuration) => leaves(configuration));
  const paths = new Set(flat.flatMap((entry) => [...entry.keys()]));
  return [...paths]
    .map((path) => ({ path, values: flat.map((entry) => entry.get(path) ?? null) }))
    .filter(({ values }) => new Set(values.map((value) => JSON.stringify(value))).size > 1);
}

/** `training.optimizer.learningRate` -> 0.001. Arrays of plain values are leaves: a list of columns is one choice. */
function leaves(value: unknown, path = '', into = new Map<string, unknown>()): Map<string, unknown> {
  const isObject = typeof value === 'object' && value !== null;
  const isPlainList =
    Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null);
  if (!isObject || isPlainList) {
    into.set(path, value);
    return into;
  }
  for (const [key, item] of Object.entries(value)) leaves(item, path === '' ? key : `${path}.${key}`, into);
  return into;
}

type ProtocolGroup = Comparison['protocols'][number];

/** One group for each protocol fingerprint; a baseline of a protocol is the same in all its runs and is listed once. */
export function protocolGroups(runs: readonly RunDetail[]): ProtocolGroup[] {
  const groups = Map.groupBy(runs, (run) => run.fingerprint);
  return [...groups].map(([fingerprint, members]) => ({
    fingerprint,
    runs: members.map((run) => run.id),
    rows: markBest([...members.flatMap(modelRows), ...baselineRows(members[0])]),
  }));
}

type ScoreRow = ProtocolGroup['rows'][number];

const testScores = (run: RunDetail): Score[] =>
  run.scores.filter((score) => score.part === 'test' && score.target === null);

const modelRows = (run: RunDetail): ScoreRow[] =>
  testScores(run)
    .filter((score) => score.subject === 'model')
    .map((score) => scoreRow(run, score));

const baselineRows = (run: RunDetail | undefined): ScoreRow[] =>
  run
    ? testScores(run)
        .filter((score) => score.subject !== 'model')
        .map((score) => scoreRow(run, score))
    : [];

function scoreRow(run: RunDetail, { subject, metric, unit, value }: Score): ScoreRow {
  const isModel = subject === 'model';
  return {
    subject,
    runId: isModel ? run.id : null,
    label: isModel ? run.name : subject,
    metric,
    unit,
    value,
    best: false,
  };
}

/** Every metric so far is an error: the smallest is the best. */
function markBest(rows: readonly ScoreRow[]): ScoreRow[] {
  return rows.map((row) => {
    const rivals = rows.filter((rival) => rival.metric === row.metric && rival.unit === row.unit);
    return { ...row, best: rivals.every((rival) => !(rival.value < row.value)) && !Number.isNaN(row.value) };
  });
}
