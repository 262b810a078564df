// The API group `inside`: which weights a run has, and questions to the process that looks into its model.

import type { InsideDescription } from '../../contract/inside/description.ts';
import type { InsideReader } from '../../contract/inside/reading.ts';
import type { InsideReplay } from '../../contract/inside/replay.ts';
import type { InsideWeights } from '../../contract/inside/target.ts';
import type { InsideView, InsideViews } from '../../contract/inside/views.ts';
import { ACTIVE_STATES, type RunDetail } from '../../contract/runs/run.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { RunId, RunReference } from '../../contract/values/ids.ts';
import type { EngineContext } from '../context.ts';
import { keyOfWeights } from '../forecasts/asked-run.ts';
import { createMetricCache, type MetricCache } from '../runs/metric-cache.ts';
import { compareRows } from '../runs/metric-rows.ts';
import { threadShare } from '../runs/thread-share.ts';
import { requireShownTest } from '../studies/shown-test.ts';
import { backendNote } from './backend-note.ts';

const GRADIENT_NORM = 'gradientNorm';

interface Asked {
  readonly run: RunReference;
  readonly weights: InsideWeights;
}

export interface Inside {
  describe(run: RunReference, signal: AbortSignal | undefined): Promise<InsideDescription>;
  /** Of a model of samples. */
  reader(run: RunReference, signal: AbortSignal | undefined): Promise<InsideReader>;
  replay(run: RunReference, signal: AbortSignal | undefined): Promise<InsideReplay>;
  /** Of the training steps so far; null where nothing is clipped, or no step was made. */
  clippedShare(run: RunReference): Promise<number | null>;
  ask<View extends InsideView>(
    view: View,
    asked: Asked & NonNullable<InsideViews[View]['choice']>,
    signal: AbortSignal | undefined,
  ): Promise<InsideViews[View]['answer']>;
}

/** @param metricRows that charts ask for too: of a long run they are read once */
export function createInside(
  { workspace, runJob, supervisor, host }: EngineContext,
  metricRows: MetricCache = createMetricCache(workspace),
): Inside {
  async function question<View extends InsideView>(
    run: RunDetail,
    asked: { weights: InsideWeights; view: View; choice: InsideViews[View]['choice'] },
    signal: AbortSignal | undefined,
  ): Promise<InsideViews[View]['answer']> {
    const { weights, view, choice } = asked;
    const job = {
      workspacePath: workspace.path,
      datasetVersionId: run.datasetVersionId,
      experiment: run.configuration,
      runId: run.id,
      weights,
      weightsKey: keyOfWeights(run),
      fitted: workspace.runs.fitted(run.id),
      threads: threadShare(workspace, supervisor.running().length + 1, host.cores),
      view,
      choice,
    };
    const answer = await runJob('inspect', job, { signal, about: `run ${run.id}` });
    // The table of views in the process has the same types.
    return answer as InsideViews[View]['answer'];
  }

  /** By run and weights: what was said of another backend stays as it is. */
  const backendNotes = new Map<string, string>();

  async function notesOf(run: RunDetail, signal: AbortSignal | undefined): Promise<string[]> {
    const backend = run.backendUsed?.name;
    if (!backend || backend === 'simd') return [];
    const [{ weights }] = weightsThatThereAre(run) as [InsideDescription['weights'][number]];
    const key = `${run.id} ${keyOfWeights(run)}`;
    const compare = () => question(run, { weights, view: 'difference', choice: { backend } }, signal);
    const note = backendNotes.get(key) ?? (await backendNote(backend, compare));
    backendNotes.set(key, note);
    return [note];
  }

  async function replay(run: RunDetail, signal: AbortSignal | undefined): Promise<InsideReplay> {
    if (replayOf(run) === null) throw noReplay(run);
    const choice = { epochs: run.epoch, weightsHash: run.weightsHash };
    return question(run, { weights: 'first', view: 'replay', choice }, signal);
  }

  return {
    async describe(reference, signal) {
      const run = workspace.runs.wholeDetail(workspace.runs.resolve(reference));
      const model = await question(run, { weights: 'first', view: 'describe', choice: null }, signal);
      const parts = model.parts.filter(({ part }) => part !== 'test' || !workspace.scores.hidesTest(run.id));
      const notes = await notesOf(run, signal);
      return {
        ...model,
        parts,
        runId: run.id,
        weights: weightsThatThereAre(run),
        replay: replayOf(run),
        notes,
      };
    },
    async reader(reference, signal) {
      const run = workspace.runs.wholeDetail(workspace.runs.resolve(reference));
      const model = await question(run, { weights: 'first', view: 'reader', choice: null }, signal);
      const parts = model.parts.filter(({ part }) => part !== 'test' || !workspace.scores.hidesTest(run.id));
      return { ...model, parts, runId: run.id, weights: weightsThatThereAre(run) };
    },
    replay: (reference, signal) =>
      replay(workspace.runs.wholeDetail(workspace.runs.resolve(reference)), signal),
    async clippedShare(run) {
      await compareRows(workspace, { run, scope: 'step' });
      await metricRows.load(workspace.runs.resolve(run), 'step');
      return clippedShare(workspace, metricRows, workspace.runs.resolve(run));
    },
    async ask(view, { run: reference, weights, ...choice }, signal) {
      const run = workspace.runs.wholeDetail(workspace.runs.resolve(reference));
      const kept = keptWeights(run, weights);
      requireWeights(run, kept);
      // Its process may have ended since; one that replayed the run already answers at once.
      if (typeof kept === 'object') await replay(run, signal);
      if ('part' in choice && choice.part === 'test') requireShownTest(workspace, run.id);
      // What is left of the question is the view's choice.
      const own = choice as unknown as InsideViews[typeof view]['choice'];
      return question(run, { weights: kept, view, choice: own }, signal);
    },
  };
}

/** Norms are recorded before clipping. */
function clippedShare(
  workspace: EngineContext['workspace'],
  metricRows: MetricCache,
  runId: RunId,
): number | null {
  const { clipNorm } = workspace.runs.detail(runId).configuration.training;
  if (clipNorm === null) return null;
  const norms = metricRows.rows(runId, 'step').columns.get(GRADIENT_NORM);
  if (!norms || norms.length === 0) return null;
  return norms.reduce((count, norm) => count + (norm > clipNorm ? 1 : 0), 0) / norms.length;
}

function weightsThatThereAre(run: RunDetail): InsideDescription['weights'] {
  const { checkpoints, bestEpoch } = run;
  const last = checkpoints.find(({ kind }) => kind === 'last');
  const best = checkpoints.find(({ kind }) => kind === 'best');
  // In a checkpoint of a training under way the best weights stand beside the last ones.
  const hasBest = best !== undefined || (last?.hasOptimizerState === true && last.epoch > 0);
  return [
    ...(hasBest ? [{ weights: 'best' as const, epoch: bestEpoch ?? best?.epoch ?? null }] : []),
    ...(last ? [{ weights: 'last' as const, epoch: last.epoch }] : []),
    { weights: 'first', epoch: 0 },
  ];
}

/** An epoch whose weights are kept needs no replay. */
function keptWeights(run: RunDetail, weights: InsideWeights): InsideWeights {
  if (typeof weights === 'string') return weights;
  return weightsThatThereAre(run).find(({ epoch }) => epoch === weights.epoch)?.weights ?? weights;
}

function replayOf({ state, epoch, trainedMs }: RunDetail): InsideDescription['replay'] {
  if (ACTIVE_STATES.includes(state) || epoch === 0) return null;
  return { epochs: epoch, seconds: trainedMs === null ? null : trainedMs / 1_000 };
}

function noReplay({ id, state, epoch }: RunDetail): HindcastError {
  const why = epoch === 0 ? 'no epoch of it has ended' : `it is ${state}; wait for its end`;
  return new HindcastError('conflict', `Run ${id} cannot be replayed, because ${why}.`, {
    details: { run: id, state },
  });
}

/** @throws HindcastError `conflict` */
function requireWeights(run: RunDetail, weights: InsideWeights): void {
  if (typeof weights === 'object') {
    if (replayOf(run) === null) throw noReplay(run);
    if (weights.epoch <= run.epoch) return;
    const message = `Run ${run.id} has no epoch ${weights.epoch}: it trained for ${run.epoch}.`;
    throw new HindcastError('invalid-input', message, { details: { run: run.id, epochs: run.epoch } });
  }
  const known = weightsThatThereAre(run).map((one) => one.weights);
  if (known.includes(weights)) return;
  throw new HindcastError(
    'conflict',
    `Run ${run.id} is ${run.state} and has no ${weights} weights to look into; let it train for an epoch, or look at its ${known.join(' or ')} weights.`,
    { details: { run: run.id, state: run.state, weights: known } },
  );
}
