// The labels of new texts: from a trained model and what it learned of its texts, without its data.

import { z } from 'zod';
import type { TrainedModel } from '../../contract/processes/jobs/version.ts';
import type { Labelled } from '../../contract/results/labelling.ts';
import { mostStepsOf } from '../../contract/tasks/label.ts';
import type { LabelExperiment } from '../../contract/tasks/label-experiment.ts';
import { cutSteps, type StepsBy } from '../../data/samples/step-tokens.ts';
import { UNKNOWN } from '../../data/samples/vocabulary.ts';
import { createParameterSet } from '../../models/parameters.ts';
import { decodeWeights } from '../../training/weights.ts';
import { finished } from '../finished.ts';
import { readFitted } from '../read-fitted.ts';
import { beginning, refusedText } from '../refused-text.ts';
import { answersFor } from './answers.ts';
import { modelFor } from './model.ts';
import { FittedStepsSchema, openStepInput } from './step-input.ts';

const FittedSchema = FittedStepsSchema.extend({
  version: z.literal(1),
  classes: z.array(z.string()).min(2),
});

/**
 * On the current backend.
 * @throws HindcastError `invalid-input` for an empty or too long text, and for damaged weights
 */
export function labelTexts(
  experiment: LabelExperiment,
  { fitted, weights }: TrainedModel,
  texts: readonly string[],
): Labelled {
  const { task } = experiment;
  const { classes, tokens, scale } = readFitted(FittedSchema, fitted, 'texts');
  const { read, encode } = openStepInput(task, { tokens, scale });
  const steps = texts.map((text) => readable(text, task.tokens.by, mostStepsOf(task)));
  const values = texts.map(encode);
  const model = modelFor(experiment, { read, classes: classes.length });
  const parameters = createParameterSet(model.specs, decodeWeights(weights));
  try {
    const answers = finished(answersFor({ model, read, classes: classes.length }, parameters.weight, values));
    const isUnknown = (text: number, step: number) =>
      read.kind === 'tokens' && values[text]![step] === UNKNOWN;
    return {
      classes,
      unknown: [...new Set(steps.flatMap((words, index) => words.filter((_, at) => isUnknown(index, at))))],
      texts: steps.map((words, index) => ({
        sample: index,
        name: `text ${index + 1}`,
        tokens: words.map((text, at) => {
          const p = answers[index]!.subarray(at * classes.length, (at + 1) * classes.length);
          const said = p.indexOf(p.reduce((most, share) => Math.max(most, share)));
          return { text, said, probability: p[said]!, truth: -1 };
        }),
      })),
    };
  } finally {
    parameters.dispose();
  }
}

function readable(text: string, by: StepsBy, most: number): readonly string[] {
  const steps = cutSteps(by, text);
  if (steps.length === 0) throw refusedText('The text is empty; write what is to be labelled.');
  if (steps.length > most)
    throw refusedText(
      `The text ${beginning(text)} has ${steps.length.toLocaleString('en-US')} ${by === 'numbers' ? 'rows' : by}, and this run reads at most ${most} (${by === 'numbers' ? 'task.window.lookback' : 'task.mostSteps'}); shorten it.`,
    );
  return steps;
}
