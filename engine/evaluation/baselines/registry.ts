// Every baseline that is scored beside a model, in the order of tables. To add one: its file and a line here.
import type { Baseline } from './baseline.ts';
import { driftMean } from './drift-mean.ts';
import { driftMedian } from './drift-median.ts';
import { linear } from './linear.ts';
import { mean } from './mean.ts';
import { repeat } from './repeat.ts';
import { seasonalNaive } from './seasonal-naive.ts';

export const BASELINES: readonly Baseline[] = [repeat, seasonalNaive, driftMedian, driftMean, mean, linear];
