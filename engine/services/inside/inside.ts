// The API group `inside`: which weights a run has, and questions to the process that looks into its model.

import { HindcastError } from '../../contract/errors.ts';
import type { RunId, RunReference } from '../../contract/ids.ts';
import type { InsideDescription } from '../../contract/inside/description.ts';
import type { InsideWeights } from '../../contract/inside/target.ts';
import type { InsideView, InsideViews } from '../../contract/inside/views.ts';
import type { RunDetail } from '../../contract/run.ts';
import type { EngineContext } from '../context.ts';
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

  return {
    async describe(reference, signal) {
      const run = workspace.runs.detail(workspace.runs.resolve(reference));
      const model = await question(run, { weights: 'first', view: 'describe', choice: null }, signal);
      const parts = model.parts.filter(({ part }) => part !== 'test' || !workspace.scores.hidesTest(run.id));
      const notes = await notesOf(run, signal);
      return { ...model, parts, runId: run.id, weights: weightsThatThereAre(run), notes };
    },
    async clippedShare(run) {
      await compareRows(workspace, { run, scope: 'step' });
      await metricRows.load(workspace.runs.resolve(run), 'step');
      return clippedShare(workspace, metricRows, workspace.runs.resolve(run));
    },
    async ask(view, { run: reference, weights, ...choice }, signal) {
      const run = workspace.runs.detail(workspace.runs.resolve(reference));
      requireWeights(run, weights);
      if ('part' in choice && choice.part === 'test') requireShownTest(workspace, run.id);
      // What is left of the question is the view's choice.
      const own = choice as unknown as InsideViews[typeof view]['choice'];
      return question(run, { weights, view, choice: own }, signal);
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

/** Kept weights never change under one hash; a training under way replaces them with each checkpoint. */
function keyOfWeights({ weightsHash, checkpoints }: RunDetail): string {
  return weightsHash ?? checkpoints.map(({ kind, step }) => `${kind} ${step}`).join();
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

/** @throws HindcastError `conflict` */
function requireWeights(run: RunDetail, weights: InsideWeights): void {
  const known = weightsThatThereAre(run).map((one) => one.weights);
  if (known.includes(weights)) return;
  throw new HindcastError(
    'conflict',
    `Run ${run.id} is ${run.state} and has no ${weights} weights to look into; let it train for an epoch, or look at its ${known.join(' or ')} weights.`,
    { details: { run: run.id, state: run.state, weights: known } },
  );
}
