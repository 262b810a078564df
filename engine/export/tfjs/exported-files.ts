// What the exports of models that read sequences share: files of text, and the check of what stock TensorFlow.js says.

import type { ExportedFile } from '../../contract/processes/jobs/export.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { LayersModelFiles } from './artifacts.ts';
import { MODEL_FILE, WEIGHTS_FILE } from './file-names.ts';

/** Of a probability. */
const TOLERANCE = 1e-5;

export const textFile = (name: string, mediaType: string, text: string): ExportedFile => ({
  name,
  mediaType,
  data: new TextEncoder().encode(text),
});

export const jsonFile = (name: string, value: unknown): ExportedFile =>
  textFile(name, 'application/json', `${JSON.stringify(value, null, 1)}\n`);

/** A model with its weights; with a name where a folder has several. */
export function layersFiles({ json, weights }: LayersModelFiles, name?: string): ExportedFile[] {
  const file = name === undefined ? WEIGHTS_FILE : `${name}.bin`;
  const named = json.replace(JSON.stringify(WEIGHTS_FILE), JSON.stringify(file));
  return [
    textFile(name === undefined ? MODEL_FILE : `${name}.json`, 'application/json', named),
    { name: file, mediaType: 'application/octet-stream', data: weights },
  ];
}

export interface Verified {
  readonly largestDifference: number;
  readonly tolerance: number;
}

/** @throws HindcastError `internal` where probabilities, or what `what` names, differ by more than the tolerance */
export function requireSame(largestDifference: number, what = 'probabilities'): Verified {
  if (largestDifference <= TOLERANCE) return { largestDifference, tolerance: TOLERANCE };
  const message = `The export was refused: stock TensorFlow.js gives ${what} up to ${largestDifference.toExponential(1)} beside those of this run, more than ${TOLERANCE}; nothing was written. Please report it with the run's configuration.`;
  throw new HindcastError('internal', message, {
    details: { difference: largestDifference, tolerance: TOLERANCE },
  });
}

/** Of two lists of probabilities. */
export function largestOf(ours: Float32Array, theirs: ArrayLike<number>): number {
  let largest = 0;
  for (let at = 0; at < theirs.length; at++)
    largest = Math.max(largest, Math.abs(theirs[at]! - (ours[at] ?? Number.POSITIVE_INFINITY)));
  return largest;
}
