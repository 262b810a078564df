// An exported labeller as a user has it: loaded by stock TensorFlow.js, with its own program.
import * as tf from '@tensorflow/tfjs-core';
import type { ExportedFile } from '../../../engine/contract/processes/jobs/export.ts';
import { withExported } from '../../export/exported-program.ts';

interface Labelled {
  readonly step: string;
  readonly label: string;
  readonly probability: number;
}

/** On TensorFlow.js's own backend; the simd backend is the current one again when it settles. */
export const withLabeller = <Answer>(
  files: readonly ExportedFile[],
  use: (label: (text: string) => Labelled[]) => Answer,
): Promise<Answer> =>
  withExported(
    files,
    { script: 'label', models: ['model'], about: 'vocabulary.json' },
    ({ program, models, about }) => {
      const label = program.label as unknown as (...given: readonly unknown[]) => Labelled[];
      return use((text) => label(tf, models.model, about, text));
    },
  );
