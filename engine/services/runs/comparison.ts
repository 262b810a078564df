// runs.compare: the differences of the configurations, and scores, ranked only within one protocol.

import type { ComparedStudy, Comparison, RunDetail, Score } from '../../contract/runs/run.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { RunId, RunReference, StudyId } from '../../contract/values/ids.ts';
import { BASELINES } from '../../evaluation/baselines/registry.ts';
import { CATALOGUE } from '../../evaluation/catalogue.ts';
import { withoutValues } from '../../store/checks/damaged-run.ts';
import { studyKind } from '../../studies/registry.ts';
import { markBest } from '../../words/scores/best-scores.ts';
import { metricInfo } from '../../words/scores/metric-info.ts';
import { spreadOf } from '../../words/studies.ts';
import type { EngineContext } from '../context.ts';
import { findByReference } from '../studies/studies.ts';
import {
  type Duellist,
  duellistsOf,
  mayBeMarked,
  type Verdicts,
  verdictRemarks,
  verdictsOf,
  withoutLosers,
} from './duel-marks.ts';
import { namedTwice } from './named-twice.ts';
import { runDetail, summaryOf } from './runs.ts';

/** With the verdicts of the duels among the runs, which may take a while. */
export async function compareJudgedRuns(
  context: EngineContext,
  references: readonly RunReference[],
  signal: AbortSignal | undefined,
): Promise<Comparison> {
  const { ids } = resolveAll(context, references);
  const duellists = duellistsOf(
    context,
    ids.map((id) => summaryOf(context, id)),
  );
  return compareRuns(context, references, await verdictsOf(context, duellists, signal));
}

/** Of a run with damaged rows no values are compared. A study (`s3`, or its name) stands for all its runs, which are summed up in one row. */
export function compareRuns(
  context: EngineContext,
  references: readonly RunReference[],
  verdicts: Verdicts = new Map(),
): Comparison {
  const { ids, studies } = resolveAll(context, references);
  refuseTwins(ids);
  if (ids.length < 2) {
    throw new HindcastError('invalid-input', `A comparison takes 2 runs or more, and this is run ${ids[0]}.`);
  }
  const damage = new Map(ids.map((id) => [id, context.workspace.runs.damage(id)]));
  const runs = ids.map((id) => {
    const run = runDetail(context, id);
    return damage.get(id) === null ? run : { ...run, scores: [] };
  });
  return {
    runs: ids.map((id) => {
      const run = summaryOf(context, id);
      const reason = damage.get(id) ?? null;
      return reason === null ? run : { ...withoutValues(run), reason };
    }),
    studies,
    differences: configurationDifferences(runs.map((run) => run.configuration)),
    protocols: protocolGroups(runs, {
      studies,
      siblings: siblingsOf(context, runs),
      duellists: duellistsOf(context, runs),
      verdicts,
    }),
  };
}

interface Resolved {
  readonly ids: readonly RunId[];
  readonly studies: ComparedStudy[];
}

function resolveAll(context: EngineContext, references: readonly RunReference[]): Resolved {
  const studies: ComparedStudy[] = [];
  const ids = references.flatMap((reference): RunId[] => {
    const { run, study } = findByReference(context, reference);
    if (study === null) return run === null ? [] : [run];
    const parts = summedUp(context, study);
    studies.push(
      ...parts.filter(({ isAlone }) => !isAlone).map(({ id, name, runs }) => ({ id, name, runs })),
    );
    return parts.flatMap(({ runs }) => runs);
  });
  return { ids, studies };
}

interface StudyPart extends ComparedStudy {
  /** Its runs are trials of different configurations, and no mean says anything of them. */
  readonly isAlone: boolean;
}

/** The runs of a study, those of one configuration together. */
function summedUp({ workspace }: EngineContext, id: StudyId): StudyPart[] {
  const { name, plan, damage } = workspace.studies.shown(id);
  const configurationOf = damage === null ? studyKind(plan.kind).configurationOf : undefined;
  const runs = workspace.studies.runs(id);
  if (!configurationOf) return [{ id, name, runs, isAlone: false }];
  const positioned = runs.map((run) => ({
    run,
    configuration: configurationOf(plan, workspace.runs.summary(run).studyPosition ?? 1),
  }));
  return [...Map.groupBy(positioned, ({ configuration }) => configuration)].map(
    ([configuration, members]) => ({
      id,
      name: `${name}: ${configuration}`,
      runs: members.map(({ run }) => run),
      isAlone: configuration === null,
    }),
  );
}

/** A run beside itself has no differences and wins against itself. */
function refuseTwins(ids: readonly RunId[]): void {
  const twin = namedTwice(ids);
  if (twin === undefined) return;
  throw new HindcastError('invalid-input', `Run ${twin} is named twice: compare takes different runs.`, {
    details: { run: twin },
  });
}

/** Runs of the same studies that are not compared themselves: they show what another seed changes. */
function siblingsOf(context: EngineContext, runs: readonly RunDetail[]): RunDetail[] {
  const studyIds = new Set(runs.flatMap(({ studyId }) => studyId ?? []));
  const known = new Set(runs.map(({ id }) => id));
  return [...studyIds]
    .flatMap((id) => context.workspace.studies.runs(id))
    .filter((id) => !known.has(id) && context.workspace.runs.damage(id) === null)
    .map((id) => runDetail(context, id));
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

interface Around {
  readonly studies?: readonly ComparedStudy[];
  /** Not compared, but of the same studies. */
  readonly siblings?: readonly RunDetail[];
  readonly duellists?: ReadonlyMap<RunId, Duellist>;
  readonly verdicts?: Verdicts;
}

/**
 * One group for each protocol fingerprint. A baseline that is the same in all its runs is listed once. Runs of a study are not marked as
 * the best: their mean competes for them, or that of each configuration of a duel.
 */
export function protocolGroups(runs: readonly RunDetail[], around: Around = {}): ProtocolGroup[] {
  const { studies = [], siblings = [], duellists = new Map(), verdicts = new Map() } = around;
  const summedUp = new Set<number | null>(studies.flatMap((study) => study.runs));
  // What a damaged run was scored by is unknown.
  const whole = runs.filter(({ state }) => state !== 'damaged');
  const groups = Map.groupBy(whole, (run) => run.fingerprint);
  return [...groups].map(([fingerprint, members]) => {
    const rows = [...rowsOfModels(members, { studies, duellists }), ...baselineRows(members)];
    const spread = seedSpread([...members, ...siblings.filter((run) => run.fingerprint === fingerprint)]);
    const keyed = rows.map((row) => ({
      ...row,
      key: `${row.runId ?? ''} ${row.studyId ?? ''} ${row.label}`,
    }));
    const rivals = keyed.filter(({ runId }) => runId === null || !summedUp.has(runId));
    const best = new Set(
      [...Map.groupBy(withoutLosers(rivals, verdicts), ({ unit }) => unit)].flatMap(([unit, ofUnit]) => [
        ...markBest(ofUnit, CATALOGUE, (metric) => spread.get(spreadKey(metric, unit))?.width ?? 0),
      ]),
    );
    const remarks = [spreadRemark(spread) ?? [], verdictRemarks(keyed, verdicts)].flat();
    return {
      fingerprint,
      runs: members.map((run) => run.id),
      rows: keyed.map(({ key: _key, duellist: _duellist, ...row }, index) => ({
        ...row,
        best: best.has(keyed[index]!) && mayBeMarked(keyed[index]!, rivals, verdicts),
      })),
      remark: remarks.length === 0 ? null : remarks.join(' '),
    };
  });
}

type ScoreRow = ProtocolGroup['rows'][number] & { readonly duellist: Duellist | null };

const testScores = (run: RunDetail): Score[] =>
  run.scores.filter((score) => score.part === 'test' && score.target === null);

const modelRows = (run: RunDetail, duellist: Duellist | null = null): ScoreRow[] =>
  testScores(run)
    .filter((score) => score.subject === 'model')
    .map((score) => scoreRow(score, { runId: run.id, label: run.name, duellist }));

/** Each run; before the runs of a study their mean. */
function rowsOfModels(
  members: readonly RunDetail[],
  { studies, duellists }: Required<Pick<Around, 'studies' | 'duellists'>>,
): ScoreRow[] {
  const studyOf = new Map<RunId, ComparedStudy>(
    studies.flatMap((study) => study.runs.map((id) => [id, study] as const)),
  );
  const entries = Map.groupBy(members, ({ id }) => studyOf.get(id) ?? id);
  return [...entries].flatMap(([entry, runs]) => {
    const rows = runs.flatMap((run) => modelRows(run, duellists.get(run.id) ?? null));
    return typeof entry === 'object' ? [...meanRows(entry, rows), ...rows] : rows;
  });
}

function meanRows({ id, name }: ComparedStudy, rows: readonly ScoreRow[]): ScoreRow[] {
  return [...Map.groupBy(rows, ({ metric, unit }) => spreadKey(metric, unit)).values()].map((scores) => {
    const spread = spreadOf(scores.map(({ value }) => value));
    const first = scores[0]!;
    const value = spread?.mean ?? Number.NaN;
    return {
      ...scoreRow({ ...first, value }, { studyId: id, label: name, duellist: first.duellist }),
      deviation: spread?.deviation ?? null,
    };
  });
}

interface RowOwner {
  readonly runId?: RunId | null;
  readonly studyId?: StudyId | null;
  readonly label: string;
  readonly duellist?: Duellist | null;
}

const scoreRow = (
  { subject, metric, unit, value }: Pick<Score, 'subject' | 'metric' | 'unit' | 'value'>,
  { runId = null, studyId = null, label, duellist = null }: RowOwner,
): ScoreRow => ({
  subject,
  runId,
  studyId,
  label,
  metric,
  unit,
  value,
  deviation: null,
  best: false,
  duellist,
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
      scores.map((score) => scoreRow(score, { label: labels[index]! })),
    );
  });
}

function distinctBy<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...Map.groupBy(items, keyOf).values()].map(([first]) => first!);
}

/** `seasonal-naive, season 7` where the settings differ, `linear, of run 3` where they are equal. */
function labelsOf(subject: string, variants: readonly Variant[]): string[] {
  if (variants.length === 1) return [subject];
  const baseline = BASELINES.find((one) => one.subject === subject);
  const options = variants.map(({ run }) => baseline?.options(run.configuration) ?? null);
  const areTold = new Set(options).size === options.length && options.every((option) => option !== null);
  return variants.map(({ run }, index) => `${subject}, ${areTold ? options[index] : `of run ${run.id}`}`);
}

interface SeedSpread {
  readonly metric: string;
  readonly width: number;
}

const spreadKey = (metric: string, unit: string): string => `${metric} ${unit}`;

/** By metric and unit: the spread of scores among runs that differ only in their seed. */
function seedSpread(members: readonly RunDetail[]): ReadonlyMap<string, SeedSpread> {
  const spread = new Map<string, SeedSpread>();
  const alike = Map.groupBy(members, ({ configuration }) =>
    JSON.stringify({ ...configuration, seed: null, name: null, description: null }),
  );
  for (const runs of alike.values()) {
    if (new Set(runs.map(({ seed }) => seed)).size < 2) continue;
    const scored = runs.flatMap((run) => modelRows(run));
    const rows = Map.groupBy(scored, ({ metric, unit }) => spreadKey(metric, unit));
    for (const [key, scores] of rows) {
      const values = scores.map(({ value }) => value).filter(Number.isFinite);
      const width = values.length < 2 ? 0 : Math.max(...values) - Math.min(...values);
      const { metric } = scores[0]!;
      if (width > (spread.get(key)?.width ?? 0)) spread.set(key, { metric, width });
    }
  }
  return spread;
}

function spreadRemark(spread: ReadonlyMap<string, SeedSpread>): string | null {
  if (spread.size === 0) return null;
  const widths = [...spread.values()].map(({ metric, width }) => {
    return `${metricInfo(CATALOGUE, metric).label} ${Number(width.toPrecision(3))}`;
  });
  return `Runs that differ in their seed alone lie up to ${widths.join(', ')} apart: a smaller lead is within the spread of the seeds, and not marked.`;
}
