// A translator, step by step: the text that it reads, then the one that it writes, and the shares of what it writes next.

import type { TranslateExperiment } from '../../contract/tasks/translate-experiment.ts';
import { UNKNOWN } from '../../data/samples/text-tokens.ts';
import type { WeightLookup } from '../../models/parameters.ts';
import { SHARES } from '../answer-scales.ts';
import { finished } from '../finished.ts';
import type { ReadSample, SampleReadings } from '../sample-reading.ts';
import { answerSteps } from './answer-steps.ts';
import { modelFor } from './model.ts';
import { tokenField } from './pair-batch.ts';
import { framed, type PreparedTranslate } from './prepare.ts';
import { readable } from './translate-text.ts';
import { writeTexts } from './writer.ts';

/** Shown for the end sign that the first token is written after. */
export const BEGIN_SIGN = '\u2192';

/** @throws HindcastError `invalid-input` for a model that writes no text */
export function translateReadings(
  experiment: TranslateExperiment,
  prepared: PreparedTranslate,
): SampleReadings {
  const { task } = experiment;
  const { source, target, parts, table } = prepared;
  const model = modelFor(experiment, { source: source.size, target: target.size });
  const sampleOf = (name: string, read: Int32Array, written: Int32Array): ReadSample => {
    const inputs = written.subarray(0, -1);
    const values = Int32Array.from([...read, ...inputs]);
    const next = new Int32Array(values.length).fill(-1);
    next.set(
      written.subarray(1).map((token) => (token === UNKNOWN ? -1 : token)),
      read.length,
    );
    const labels = [
      ...Array.from(read, source.shown),
      BEGIN_SIGN,
      ...Array.from(inputs.subarray(1), target.shown),
    ];
    const steps = values.length;
    return { name, truth: null, values, steps, length: steps, before: 0, labels, next, source: read.length };
  };
  return {
    scale: SHARES,
    specs: model.specs,
    features: model.specs[0]!.shape[1]!,
    unit: task.tokens.by,
    channels: [],
    stepSeconds: null,
    choices: Array.from({ length: target.size }, (_, token) => target.shown(token)),
    answers: 'next',
    samples: { train: parts.train.length, validation: parts.validation.length, test: parts.test.length },
    translator: { bidirectional: task.bidirectional },
    sample({ part, index }) {
      const row = parts[part][index]!;
      return sampleOf(table.names[row]!, prepared.sourceOf(row), prepared.targetOf(row));
    },
    ofText(text, weight) {
      const read = readable(text, source, task.mostSteps);
      return sampleOf('own text', read, framed(write(read, weight), target.end));
    },
    answer(values, weight, pass, { source: steps = 0 }) {
      const all = values as readonly Int32Array[];
      const read = tokenField(all.map((tokens) => tokens.subarray(0, steps)));
      const written = tokenField(all.map((tokens) => tokens.subarray(steps))).x;
      const given = { translator: model, model: experiment.model, read, written, steps, tokens: target.size };
      return answerSteps(given, weight, pass);
    },
  };

  function write(read: Int32Array, weight: WeightLookup): Int32Array {
    const { beam: width, lengthPenalty, mostSteps: most } = task;
    const written = finished(
      writeTexts(model, weight, [read], {
        width,
        lengthPenalty,
        most,
        end: target.end,
        fieldOf: tokenField,
      }),
    );
    return Int32Array.from(written[0]?.[0]?.tokens ?? []);
  }
}
