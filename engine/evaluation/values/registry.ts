// Every baseline of numbers of samples, in the order of tables. To add one: its file and a line here.
import { meanValue } from './mean-value.ts';
import { medianValue } from './median-value.ts';
import { ridgeOfNumbers, ridgeOfWords } from './ridge-baselines.ts';
import type { ValueBaseline } from './value-baseline.ts';

export const VALUE_BASELINES: readonly ValueBaseline[] = [
  meanValue,
  medianValue,
  ridgeOfWords,
  ridgeOfNumbers,
];
