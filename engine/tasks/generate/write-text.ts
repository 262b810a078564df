// Writes with a trained model: from its weights and what it learned of its texts, without its data.
import { z } from 'zod';
import type { TrainedModel } from '../../contract/processes/jobs/version.ts';
import type { WritingOptions, Written } from '../../contract/results/generation.ts';
import type { GenerateExperiment } from '../../contract/tasks/generate-experiment.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { createTextCoder, type TextCoder } from '../../data/samples/text-tokens.ts';
import { createParameterSet } from '../../models/parameters.ts';
import { seedRandomStream } from '../../training/random-streams.ts';
import { decodeWeights } from '../../training/weights.ts';
import { readFitted } from '../read-fitted.ts';
import { modelFor } from './model.ts';
import { createTextWriter } from './writer.ts';

const FittedSchema = z.object({
  version: z.literal(1),
  tokens: z.object({
    by: z.enum(['characters', 'words', 'pieces', 'items']),
    lowerCase: z.boolean(),
    merges: z.array(z.tuple([z.string(), z.string()])).optional(),
    tokens: z.array(z.string()),
    letters: z.int(),
  }),
});

export interface OpenText {
  /** The next tokens. */
  write(count: number): Written;
  dispose(): void;
}

/**
 * On the current backend.
 * @throws HindcastError `invalid-input` for a prompt that the model cannot read, and for damaged weights
 */
export function openText(
  experiment: GenerateExperiment,
  { fitted, weights }: TrainedModel,
  options: WritingOptions,
): OpenText {
  const coder = createTextCoder(readFitted(FittedSchema, fitted, 'texts').tokens);
  requireKnown(options.prompt, coder);
  const model = modelFor(experiment, coder.size);
  const parameters = createParameterSet(model.specs, decodeWeights(weights));
  const { uniform } = seedRandomStream(options.seed, 'generate');
  const writer = createTextWriter({ model, coder, window: experiment.task.window }, parameters.weight, {
    ...options,
    uniform,
  });
  return {
    write(count) {
      const drawn = Array.from({ length: count }, () => writer.next());
      return {
        tokens: drawn.map(({ token }) => coder.textOf(token)),
        probabilities: drawn.map(({ probability }) => probability),
      };
    },
    dispose() {
      writer.dispose();
      parameters.dispose();
    },
  };
}

const MOST_LISTED = 10;

function requireKnown(prompt: string, coder: TextCoder): void {
  const unknown = coder.unknownOf(prompt);
  if (unknown.length === 0) return;
  const listed = unknown.slice(0, MOST_LISTED).map((one) => JSON.stringify(one));
  const more = unknown.length > MOST_LISTED ? ` and ${unknown.length - MOST_LISTED} more` : '';
  const message = `The training texts never have ${listed.join(', ')}${more}, so the model cannot read this prompt; leave that out.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'prompt', unknown } });
}
