// Chooses the sample that a question is about.

import type { ReadChoice } from '../../contract/inside/reading.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { ReadSample } from '../../tasks/sample-reading.ts';
import type { Reader } from './load.ts';

/** @throws HindcastError `invalid-input` for a sample that there is not, and for a text that the model cannot read */
export function chooseSample(
  { readings, parameters }: Reader,
  choice: Pick<ReadChoice, 'part' | 'sample' | 'from' | 'most' | 'text'>,
): ReadSample {
  const { part, sample: index, from, most, text } = choice;
  if (text !== undefined) {
    if (readings.ofText) return readings.ofText(text, parameters.weight);
    const message = 'This model reads no text but numbers; choose one of its samples.';
    throw new HindcastError('invalid-input', message, { details: { field: 'text' } });
  }
  const count = readings.samples[part];
  if (index < count) return readings.sample({ part, index, from, most });
  const message = `There is no sample ${index} in the ${part} part: it has ${count}, counted from 0, so choose 0 to ${count - 1}.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'sample' } });
}
