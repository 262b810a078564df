// studies.folds: the folds of one or more backtests side by side, their forecasts put together, and intervals by the folds before.

import type { RunDetail } from '../../contract/runs/run.ts';
import type { EnsembleScore, EnsembleWay } from '../../contract/studies/ensemble.ts';
import type { FoldsAnswer } from '../../contract/studies/folds.ts';
import { asForecastTask } from '../../contract/tasks/forecast.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { StudyId, StudyReference } from '../../contract/values/ids.ts';
import { CATALOGUE } from '../../evaluation/catalogue.ts';
import { studyKind } from '../../studies/registry.ts';
import { pooledIntervals } from '../../tasks/forecast/ensemble/fold-intervals.ts';
import { foldsWords, TOGETHER } from '../../words/scores/folds-words.ts';
import { isBetter, metricInfo } from '../../words/scores/metric-info.ts';
import { spreadOf } from '../../words/studies.ts';
import type { EngineContext } from '../context.ts';
import { memberOf } from '../runs/ensemble-member.ts';

interface Asked {
  readonly studies: readonly StudyReference[];
  readonly way: EnsembleWay;
}

const LEVELS = [0.05, 0.95] as const;

/** @throws HindcastError `conflict` for studies without folds, with fewer than two trained ones, or with folds of other rows */
export async function backtestFolds(
  context: EngineContext,
  { studies, way }: Asked,
  signal: AbortSignal | undefined,
): Promise<FoldsAnswer> {
  const { workspace, runJob } = context;
  const ids = [...new Set(studies.map((reference) => workspace.studies.resolve(reference)))];
  const folds = foldsOf(context, ids);
  const jobs = folds.map((runs) => ({ members: runs.map((run) => memberOf(context, forecasting(run))) }));
  const found = await runJob('folds', { folds: jobs, way, levels: LEVELS }, { signal });
  const shown = found.folds.map(({ scores, ...fold }, index) => ({
    ...fold,
    label: labelOf(folds[index]![0]!, index),
    scores: [...namedScores(scores, folds[index]!, ids), ...bestBaselines(folds[index]![0]!, scores)],
  }));
  const means = meansOf(shown.map(({ scores }) => scores));
  const intervals = pooledIntervals(shown.map((fold) => fold.intervals));
  const judged = shown.filter((fold) => fold.intervals !== null).length;
  return {
    way,
    members: ids.map((study) => ({ study, name: workspace.studies.get(study).name })),
    levels: [...LEVELS],
    folds: shown,
    means,
    intervals,
    words: foldsWords({
      means,
      intervals,
      folds: shown.length,
      judged,
      levels: LEVELS,
      catalogue: CATALOGUE,
    }),
  };
}

function forecasting(run: RunDetail): RunDetail {
  asForecastTask(run.configuration.task);
  return run;
}

/** [folds][studies]: those that every study has trained. */
function foldsOf({ workspace }: EngineContext, ids: readonly StudyId[]): RunDetail[][] {
  const byStudy = ids.map((id) => {
    const { name, plan } = workspace.studies.get(id);
    if (studyKind(plan.kind).hasFolds !== true) {
      throw conflict(`Study s${id} "${name}" is no backtest, so it has no folds.`, id);
    }
    const runs = workspace.studies.runs(id).map((run) => workspace.runs.wholeDetail(run));
    return new Map(
      runs.flatMap((run) =>
        run.state === 'completed' && run.weightsHash !== null ? [[run.studyPosition ?? 0, run] as const] : [],
      ),
    );
  });
  const positions = [...byStudy[0]!.keys()]
    .filter((position) => byStudy.every((own) => own.has(position)))
    .sort((one, other) => one - other);
  const folds = positions.map((position) => byStudy.map((own) => own.get(position)!));
  for (const [first, ...others] of folds) {
    const other = others.find(({ fingerprint }) => fingerprint !== first!.fingerprint);
    if (!other) continue;
    const message = `Runs ${first!.id} and ${other.id} are folds of one number and were scored by different protocols (other targets, horizon, data or rows), so these backtests do not go together.`;
    throw new HindcastError('conflict', message, { details: { runs: [first!.id, other.id] } });
  }
  if (folds.length >= 2) return folds;
  const what = ids.length === 1 ? `Study s${ids[0]} has` : 'These backtests have in common';
  const trained = folds.length === 1 ? '1 trained fold' : 'no trained folds';
  throw conflict(`${what} ${trained}, and this takes two: wait for the end, or resume.`, ids[0]!);
}

const conflict = (message: string, study: StudyId): HindcastError =>
  new HindcastError('conflict', message, { details: { study } });

/** `fold 2`: a run of a backtest is named after its study and its fold. */
const labelOf = ({ name }: RunDetail, index: number): string =>
  /\bfolds? [\d-]+$/.exec(name)?.[0] ?? `fold ${index + 1}`;

/** Of one backtest what it came to by itself; of several also together. */
function namedScores(
  scores: readonly EnsembleScore[],
  runs: readonly RunDetail[],
  ids: readonly StudyId[],
): EnsembleScore[] {
  const names = new Map(runs.map(({ id }, index) => [`run ${id}`, `s${ids[index]}`]));
  return scores.flatMap((score) => {
    const name = names.get(score.subject);
    if (name !== undefined) return [{ ...score, subject: name }];
    return ids.length > 1 ? [{ ...score, subject: TOGETHER }] : [];
  });
}

/** Of each fold by itself: which baseline is best may change from fold to fold. By the metrics of `scored`. */
function bestBaselines({ scores }: RunDetail, scored: readonly EnsembleScore[]): EnsembleScore[] {
  const best = new Map<string, EnsembleScore>();
  for (const { part, subject, metric, unit, target, value } of scores) {
    if (part !== 'test' || target !== null || subject === 'model') continue;
    if (!scored.some((one) => one.metric === metric)) continue;
    const before = best.get(metric);
    if (before && !isBetter(metricInfo(CATALOGUE, metric), value, before.value)) continue;
    best.set(metric, { subject: 'best baseline', metric, unit, value });
  }
  return [...best.values()];
}

function meansOf(folds: readonly (readonly EnsembleScore[])[]): FoldsAnswer['means'] {
  const [first = []] = folds;
  return first.map((score) => {
    const same = ({ subject, metric }: EnsembleScore): boolean =>
      subject === score.subject && metric === score.metric;
    const spread = spreadOf(folds.map((scores) => scores.find(same)?.value ?? Number.NaN));
    return { ...score, value: spread?.mean ?? Number.NaN, deviation: spread?.deviation ?? null };
  });
}
