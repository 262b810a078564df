// Every baseline of labels of steps, in the order of tables. To add one: its file and a line here.
import { contextTable } from './context-table.ts';
import { mostFrequentLabel } from './most-frequent-label.ts';
import { rowRegression } from './row-regression.ts';
import type { StepBaseline } from './step-baseline.ts';
import { tokenTable } from './token-table.ts';

export const STEP_BASELINES: readonly StepBaseline[] = [
  mostFrequentLabel,
  tokenTable,
  contextTable,
  rowRegression,
];
