// Every baseline that is scored beside a model, in the order of tables. To add one: its file and a line here.
import { ar } from './ar.ts';
import type { Baseline } from './baseline.ts';
import { climatology } from './climatology.ts';
import { climatologyAr } from './climatology-ar.ts';
import { dlinear } from './dlinear.ts';
import { driftMean } from './drift-mean.ts';
import { driftMedian } from './drift-median.ts';
import { ets } from './ets.ts';
import { linear } from './linear.ts';
import { mean } from './mean.ts';
import { repeat } from './repeat.ts';
import { seasonalNaive } from './seasonal-naive.ts';
import { theta } from './theta.ts';

export const BASELINES: readonly Baseline[] = [
  repeat,
  seasonalNaive,
  driftMedian,
  driftMean,
  mean,
  linear,
  dlinear,
  ar,
  ets,
  theta,
  climatology,
  climatologyAr,
];
