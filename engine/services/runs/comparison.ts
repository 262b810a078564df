// runs.compare: the differences of the configurations, and scores, ranked only within one protocol.

import { HindcastError } from '../../contract/errors.ts';
import type { RunId, RunReference } from '../../contract/ids.ts';
import type { Comparison, RunDetail, Score } from '../../contract/run.ts';
import { BASELINES } from '../../evaluation/baselines/registry.ts';
import { CATALOGUE } from '../../evaluation/catalogue.ts';
import { markBest } from '../../words/scores/best-scores.ts';
import { metricInfo } from '../../words/scores/metric-info.ts';
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

/** One group for each protocol fingerprint. A baseline that is the same in all its runs is listed once. */
export function protocolGroups(runs: readonly RunDetail[]): ProtocolGroup[] {
  const groups = Map.groupBy(runs, (run) => run.fingerprint);
  return [...groups].map(([fingerprint, members]) => {
    const rows = [...members.flatMap(modelRows), ...baselineRows(members)];
    const spread = seedSpread(members);
    const keyed = rows.map((row) => ({ ...row, key: `${row.runId ?? ''} ${row.label}` }));
    const units = Map.groupBy(keyed, ({ unit }) => unit);
    const best = new Set(
      [...units.values()].flatMap((rivals) => [
        ...markBest(rivals, CATALOGUE, (metric) => spread.get(metric) ?? 0),
      ]),
    );
    return {
      fingerprint,
      runs: members.map((run) => run.id),
      rows: keyed.map((row, index) => ({ ...rows[index]!, best: best.has(row) })),
      remark: spreadRemark(spread),
    };
  });
}

type ScoreRow = ProtocolGroup['rows'][number];

const testScores = (run: RunDetail): Score[] =>
  run.scores.filter((score) => score.part === 'test' && score.target === null);

const modelRows = (run: RunDetail): ScoreRow[] =>
  testScores(run)
    .filter((score) => score.subject === 'model')
    .map((score) => scoreRow(score, run.id, run.name));

const scoreRow = ({ subject, metric, unit, value }: Score, runId: RunId | null, label: string): ScoreRow => ({
  subject,
  runId,
  label,
  metric,
  unit,
  value,
  best: false,
});

/** A baseline as one run, or several, scored it. */
interface Variant {
  readonly run: RunDetail;
  readonly subject: string;
  readonly scores: readonly Score[];
}

/** Every baseline that any member has scores of; several of one kind where its settings or its training part differ. */
function baselineRows(members: readonly RunDetail[]): ScoreRow[] {
  const variants = members.flatMap((run): Variant[] => {
    const ofBaselines = testScores(run).filter(({ subject }) => subject !== 'model');
    return [...Map.groupBy(ofBaselines, ({ subject }) => subject)].map(([subject, scores]) => ({
      run,
      subject,
      scores,
    }));
  });
  return [...Map.groupBy(variants, ({ subject }) => subject)].flatMap(([subject, ofSubject]) => {
    const distinct = distinctBy(ofSubject, ({ scores }) => JSON.stringify(scores));
    const labels = labelsOf(subject, distinct);
    return distinct.flatMap(({ scores }, index) =>
      scores.map((score) => scoreRow(score, null, labels[index]!)),
    );
  });
}

function distinctBy<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...Map.groupBy(items, keyOf).values()].map(([first]) => first!);
}

/** `seasonal-naive, season 7` where the settings tell them apart, `linear, of run 3` where they do not. */
function labelsOf(subject: string, variants: readonly Variant[]): string[] {
  if (variants.length === 1) return [subject];
  const baseline = BASELINES.find((one) => one.subject === subject);
  const options = variants.map(({ run }) => baseline?.options(run.configuration) ?? null);
  const areTold = new Set(options).size === options.length && options.every((option) => option !== null);
  return variants.map(({ run }, index) => `${subject}, ${areTold ? options[index] : `of run ${run.id}`}`);
}

/** By metric: how far scores of runs lie apart that differ in nothing but their seed. */
function seedSpread(members: readonly RunDetail[]): ReadonlyMap<string, number> {
  const spread = new Map<string, number>();
  const alike = Map.groupBy(members, ({ configuration }) =>
    JSON.stringify({ ...configuration, seed: null, name: null, description: null }),
  );
  for (const runs of alike.values()) {
    if (new Set(runs.map(({ seed }) => seed)).size < 2) continue;
    for (const [metric, scores] of Map.groupBy(runs.flatMap(modelRows), (row) => row.metric)) {
      const values = scores.map(({ value }) => value).filter(Number.isFinite);
      const width = values.length < 2 ? 0 : Math.max(...values) - Math.min(...values);
      if (width > 0) spread.set(metric, Math.max(width, spread.get(metric) ?? 0));
    }
  }
  return spread;
}

function spreadRemark(spread: ReadonlyMap<string, number>): string | null {
  if (spread.size === 0) return null;
  const widths = [...spread].map(([metric, width]) => {
    return `${metricInfo(CATALOGUE, metric).label} ${Number(width.toPrecision(3))}`;
  });
  return `Runs that differ in their seed alone lie up to ${widths.join(', ')} apart: a smaller lead is within the spread of the seeds, and not marked.`;
}
