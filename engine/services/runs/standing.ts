// How a run's test scores compare with the baselines, as the run list shows it, by the registries of metrics and baselines.

import type { Score } from '../../contract/runs/run.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { RunId } from '../../contract/values/ids.ts';
import { CATALOGUE } from '../../evaluation/catalogue.ts';
import type { Standing } from '../../store/runs/scores.ts';
import type { Workspace } from '../../store/workspace.ts';
import { headlineOf, judge, type Wanted } from '../../words/scores/baseline-check.ts';

const NONE: Standing = {
  testScore: null,
  testMetric: null,
  testUnit: null,
  testOutcome: null,
  bestBaseline: null,
  bestBaselineScore: null,
};

/** In the first metric of the task and the unit that the experiment asks for. */
export function standingOf(scores: readonly Score[], wanted: Wanted): Standing {
  const headline = headlineOf(scores, wanted, CATALOGUE);
  if (headline === null) return NONE;
  const { model, baseline } = headline;
  return {
    testScore: model.value,
    testMetric: model.metric,
    testUnit: model.unit,
    testOutcome: judge(scores, wanted, CATALOGUE)?.outcome ?? null,
    bestBaseline: baseline?.subject ?? null,
    bestBaselineScore: baseline?.value ?? null,
  };
}

/** Replaces all that the run had. */
export function keepScores(workspace: Workspace, runId: RunId, scores: readonly Score[]): void {
  const isEmpty = scores.length === 0 || workspace.scores.hidesTest(runId);
  workspace.scores.replace(runId, scores, isEmpty ? NONE : standingFor(workspace, runId, scores));
}

/** Of runs that an older program scored. */
export function fillStandings(workspace: Workspace): void {
  workspace.scores.standAll((runId, scores) => standingFor(workspace, runId, scores));
}

function standingFor(workspace: Workspace, runId: RunId, scores: readonly Score[]): Standing {
  return standingOf(scores, wantedOf(workspace, runId) ?? guessed(scores));
}

/** Undefined where another version of Hindcast designed the run. */
function wantedOf(workspace: Workspace, runId: RunId): Wanted | undefined {
  try {
    const { task, evaluation } = workspace.runs.experiment(runId);
    return { metric: task.metrics[0], unit: evaluation.scale };
  } catch (cause) {
    if (cause instanceof HindcastError && cause.code === 'workspace-newer') return undefined;
    throw cause;
  }
}

/** Scores are stored in the order of the experiment's metrics. */
function guessed(scores: readonly Score[]): Wanted {
  const first = scores.find(({ subject, part }) => subject === 'model' && part === 'test');
  return { metric: first?.metric, unit: first?.unit };
}
