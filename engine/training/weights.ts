// Weights files: the parameters of a model by name, nothing else, so that equal weights are equal bytes and have equal hashes.
import { createHash } from 'node:crypto';
import type { NamedArray } from '../models/parameters.ts';
import { decodeArrayFile, encodeArrayFile } from './array-file.ts';

const KIND = { letters: 'HCWT', version: 1, noun: 'weights file' } as const;

export function encodeWeights(weights: readonly NamedArray[]): Uint8Array<ArrayBuffer> {
  return encodeArrayFile(KIND, { meta: {}, arrays: weights });
}

/** @throws HindcastError `workspace-damaged` or `workspace-newer`. */
export function decodeWeights(bytes: Uint8Array): readonly NamedArray[] {
  return decodeArrayFile(KIND, bytes).arrays;
}

/** SHA-256 (hex) of a weights file. */
export function hashWeights(file: Uint8Array): string {
  return createHash('sha256').update(file).digest('hex');
}
