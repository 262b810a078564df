// Scores at the end of a run: the best weights and the baselines, on validation and test.
import type { Score } from '../../contract/runs/run.ts';
import { createParameterSet, type NamedArray } from '../../models/parameters.ts';
import type { TaskMachine } from '../../tasks/task-kind.ts';

const SCORED_PARTS = ['validation', 'test'] as const;

export interface ScoringOptions {
  readonly machine: TaskMachine;
  readonly weights: readonly NamedArray[];
  /** Scores of the baselines that are known already. */
  readonly baselines?: readonly Score[] | undefined;
  /** Asked between batches: true gives the scoring up. */
  shouldGiveUp(): boolean;
}

/** Null where it was given up. */
export async function scoreRun({
  machine,
  weights,
  baselines,
  shouldGiveUp,
}: ScoringOptions): Promise<Score[] | null> {
  const parameters = createParameterSet(machine.model.specs, weights);
  const scores: Score[] = [];
  try {
    for (const part of SCORED_PARTS) {
      const ofModel = await finish(machine.score(parameters.weight, part), shouldGiveUp);
      const others = baselines
        ? baselines.filter((score) => score.part === part)
        : await finish(machine.scoreBaselines(part), shouldGiveUp);
      if (!ofModel || !others) return null;
      scores.push(...ofModel, ...others);
    }
    return scores;
  } finally {
    parameters.dispose();
  }
}

/** Goes through the batches and lets messages in between them; null where it was given up. */
async function finish(
  pass: Generator<void, Score[], void>,
  shouldGiveUp: () => boolean,
): Promise<Score[] | null> {
  for (let next = pass.next(); ; next = pass.next()) {
    if (next.done) return next.value;
    await new Promise((resolve) => setImmediate(resolve));
    if (shouldGiveUp()) return null;
  }
}
