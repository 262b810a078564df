// The largest size of a call: the largest real one, an experiment with a long note, stays below 100 kB.
import { HindcastError } from '../values/errors.ts';

export const MOST_CALL_BYTES = 16 * 1024 * 1024;

/** The sentence for a call that is refused for its size. */
export const tooLarge = (bytes: number): string =>
  `This call is ${megabytes(bytes)} large, and the engine takes up to ${megabytes(MOST_CALL_BYTES)}; send less at once.`;

/** @throws HindcastError `invalid-input` for a call that the engine would refuse. */
export function requireCallSize(message: unknown): void {
  if (typeof message === 'string' && message.length > MOST_CALL_BYTES)
    throw new HindcastError('invalid-input', tooLarge(message.length));
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1024 / 1024).toLocaleString('en-US')} MB`;
