// Translators put together: what they write has the highest mean of their probabilities, token by token.
import { ENSEMBLE } from '../../contract/studies/ensemble.ts';
import type { TranslateTask } from '../../contract/tasks/translate.ts';
import { TranslateFrame } from '../../contract/tasks/translate-frame.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { finished } from '../finished.ts';
import { type AskedEnsemble, type EnsembleMember, type EnsembleOutcome, samplesOf } from '../task-kind.ts';
import { frameOf } from './frame.ts';
import { openMembers, taskOfAll } from './members.ts';
import { tokenField } from './pair-batch.ts';
import { prepareTranslate } from './prepare.ts';
import { scoresOf, writePart } from './writing-machine.ts';

/** @throws HindcastError `invalid-input` for another way than the mean, `conflict` for members with other tokens */
export async function translateEnsemble(
  members: readonly EnsembleMember<TranslateTask>[],
  { way, withPredictions, progress }: AskedEnsemble,
): Promise<EnsembleOutcome> {
  requireMean(way);
  const [first] = members as [EnsembleMember<TranslateTask>];
  const experiment = { ...first.experiment, task: taskOfAll(members) };
  const { name, samples } = samplesOf(await first.data());
  const prepared = { ...prepareTranslate(experiment, samples, name), fieldOf: tokenField };
  await first.selectBackend();
  const sizes = { source: prepared.source.size, target: prepared.target.size };
  const { model, weight, parameters } = openMembers(members, sizes);
  try {
    const written = finished(writePart({ experiment, prepared, model, progress }, weight, 'test'));
    return {
      weights: members.map(() => 1 / members.length),
      scores: scoresOf(experiment.task, ENSEMBLE, written),
      windows: written.sources.length,
      predictions: withPredictions ? TranslateFrame.encode(frameOf(prepared, written)) : null,
    };
  } finally {
    parameters.dispose();
  }
}

function requireMean(way: AskedEnsemble['way']): void {
  if (way === 'mean') return;
  const message = `Runs that translate are put together by the mean of their probabilities, not by "${way}"; choose mean.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'way' } });
}
