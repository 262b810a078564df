// The labels of new texts: from a trained model and what it learned of its texts, without its data.
import { z } from 'zod';
import { HindcastError } from '../../contract/errors.ts';
import type { Labelled } from '../../contract/labelling.ts';
import type { TrainedModel } from '../../contract/processes/jobs/version.ts';
import type { LabelExperiment } from '../../contract/tasks/label-experiment.ts';
import { createStepTokenizer, cutSteps } from '../../data/samples/step-tokens.ts';
import { createEncoder } from '../../data/samples/vocabulary.ts';
import { createParameterSet } from '../../models/parameters.ts';
import { decodeWeights } from '../../training/weights.ts';
import { answersFor } from './answers.ts';
import { modelFor } from './model.ts';

const FittedSchema = z.object({
  version: z.literal(1),
  classes: z.array(z.string()).min(2),
  tokens: z.array(z.string()),
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
  const found = FittedSchema.safeParse(fitted);
  if (!found.success) throw unreadable();
  const { classes, tokens } = found.data;
  const encode = createEncoder({ tokens }, createStepTokenizer(task.tokens), task.mostSteps);
  const steps = texts.map((text) => readable(text, task.tokens.by, task.mostSteps));
  const model = modelFor(experiment, { tokens: tokens.length + 1, classes: classes.length });
  const parameters = createParameterSet(model.specs, decodeWeights(weights));
  try {
    const work = answersFor(model, parameters.weight, texts.map(encode), classes.length);
    let next = work.next();
    while (!next.done) next = work.next();
    const answers = next.value;
    return {
      classes,
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

function readable(text: string, by: 'words' | 'characters', most: number): readonly string[] {
  const steps = cutSteps(by, text);
  if (steps.length === 0) throw refused('The text is empty; write what is to be labelled.');
  if (steps.length > most)
    throw refused(
      `The text has ${steps.length.toLocaleString('en-US')} ${by}, and this run reads at most ${most} (task.mostSteps); shorten it.`,
    );
  return steps;
}

const refused = (message: string) =>
  new HindcastError('invalid-input', message, { details: { field: 'text' } });

const unreadable = () =>
  new HindcastError(
    'invalid-input',
    'What this run learned of its texts cannot be read; train the run again.',
  );
