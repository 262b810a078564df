// Every baseline of classification, in the order of tables. To add one: its file and a line here.
import type { ClassBaseline } from './class-baseline.ts';
import { majority } from './majority.ts';
import { naiveBayes } from './naive-bayes.ts';
import { nearestDtw, nearestEuclid } from './nearest-neighbour.ts';
import { nearestPixels } from './nearest-pixels.ts';
import { persistence } from './persistence.ts';
import { regressionOfEvents, regressionOfSound, regressionOfValues } from './regression-of-numbers.ts';
import { bagOfWords, kmers, letterRuns, lettersAtPositions } from './regression-of-terms.ts';

export const CLASS_BASELINES: readonly ClassBaseline[] = [
  majority,
  persistence,
  naiveBayes,
  bagOfWords,
  letterRuns,
  kmers,
  lettersAtPositions,
  regressionOfValues,
  nearestEuclid,
  nearestDtw,
  nearestPixels,
  regressionOfSound,
  regressionOfEvents,
];
