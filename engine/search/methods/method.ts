// The interface of a search method: how it chooses the values of a trial.
import type { z } from 'zod';
import type { Space, Told, Values } from '../../contract/studies/search.ts';
import type { RandomStream } from '../../training/random-streams.ts';
import type { Problem } from '../problem.ts';

export interface MethodOptions {
  readonly kind: string;
}

export interface Request {
  readonly seed: number;
  /** Counted from 1. */
  readonly trial: number;
  readonly told: readonly Told[];
  /** Of this trial alone; a second attempt continues it. */
  readonly stream: RandomStream;
  /** Counted from 0: what earlier attempts chose was no valid experiment. */
  readonly attempt: number;
}

export interface SearchSize {
  readonly space: Space;
  /** Trials that are known. */
  readonly told: number;
}

export interface SearchMethod<Options extends MethodOptions = MethodOptions> {
  readonly kind: Options['kind'];
  readonly options: z.ZodType<Options>;
  /** What a proposal takes, roughly, beside the check of its values; absent: next to nothing. */
  milliseconds?(size: SearchSize, options: Options): number;
  /** Null: there is nothing left to try. */
  propose(problem: Problem, request: Request, options: Options): Values | null;
}
