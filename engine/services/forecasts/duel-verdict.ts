// studies.verdict: what a duel found, from the losses of its runs at every origin of the test part.
import type { DuelVerdict, OriginLosses } from '../../contract/studies/duel.ts';
import { asForecastTask } from '../../contract/tasks/forecast.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { StudyReference } from '../../contract/values/ids.ts';
import { CATALOGUE } from '../../evaluation/catalogue.ts';
import { type DuelPlan, duel, placeOf } from '../../studies/duel.ts';
import { studyKind } from '../../studies/registry.ts';
import { metricInfo } from '../../words/scores/metric-info.ts';
import type { EngineContext } from '../context.ts';
import { createKeptAnswers, type KeptAnswers } from '../processes/kept-answers.ts';
import { requireShownTest } from '../studies/shown-test.ts';
import { trainedModel } from './run-forecast.ts';

/** Kept, since the runs of a duel that has ended never change. */
const known = new WeakMap<EngineContext['workspace'], KeptAnswers<OriginLosses>>();
const MOST_BYTES = 32 * 2 ** 20;

/** @throws HindcastError `conflict` for a study that is no duel, or whose runs have not all ended with weights */
export async function duelVerdict(
  context: EngineContext,
  reference: StudyReference,
  signal: AbortSignal | undefined,
): Promise<DuelVerdict> {
  const { workspace } = context;
  const id = workspace.studies.resolve(reference);
  const { name, plan: given } = workspace.studies.get(id);
  if (studyKind(given.kind).judges !== true) {
    throw new HindcastError('conflict', `Study s${id} "${name}" is no duel, so it has no verdict.`);
  }
  const plan: DuelPlan = duel.plan.parse(given);
  const runs = workspace.studies.runs(id).map((run) => workspace.runs.detail(run));
  const done = runs.filter(({ state, weightsHash }) => state === 'completed' && weightsHash !== null);
  const complete = plan.seeds.flatMap((seed, index) => {
    const own = done.filter(({ studyPosition }) => placeOf(plan, studyPosition ?? 0).seed === index);
    return own.length === plan.labels.length ? [{ seed, runs: own }] : [];
  });
  if (complete.length < 2) {
    const message = `Of study s${id} "${name}" ${complete.length} of ${plan.seeds.length} seeds are complete, and a verdict takes two; resume it, or wait for its end.`;
    throw new HindcastError('conflict', message, { details: { study: id } });
  }
  const first = complete[0]!.runs[0]!;
  const info = metricInfo(CATALOGUE, first.configuration.task.metrics[0]!);
  const isSquared = info.unit === 'squared' || info.name.startsWith('rms');
  const losses: OriginLosses[][] = plan.labels.map(() => []);
  for (const { runs: members } of complete) {
    for (const run of members) {
      requireShownTest(workspace, run.id);
      const { contender } = placeOf(plan, run.studyPosition ?? 0);
      losses[contender]!.push(await lossesOf(context, run.id, isSquared, signal));
    }
  }
  const judged = {
    labels: plan.labels,
    losses,
    seeds: complete.map(({ seed }) => seed),
    horizon: asForecastTask(first.configuration.task).horizon,
    loss: isSquared ? 'squared error' : 'absolute error',
    unit: first.configuration.evaluation.scale,
  };
  return context.runJob('judge-duel', judged, { signal, about: `study ${id}` });
}

async function lossesOf(
  { workspace, runJob }: EngineContext,
  runId: Parameters<typeof trainedModel>[1],
  isSquared: boolean,
  signal: AbortSignal | undefined,
): Promise<OriginLosses> {
  const kept = known.get(workspace) ?? createKeptAnswers({ mostBytes: MOST_BYTES, bytesOf });
  known.set(workspace, kept);
  const run = workspace.runs.wholeDetail(runId);
  const make = (shared: AbortSignal) =>
    runJob(
      'forecast-losses',
      {
        workspacePath: workspace.path,
        datasetVersionId: run.datasetVersionId,
        experiment: run.configuration,
        model: trainedModel(workspace, runId),
        part: 'test',
        threads: 1,
        isSquared,
      },
      { signal: shared, about: `run ${runId}` },
    );
  return kept.get(`${runId} ${run.weightsHash} ${isSquared}`, make, signal);
}

const bytesOf = ({ times, losses }: OriginLosses): number => 1 + times.byteLength + losses.byteLength;
