// Every kind of pipeline step by its name in an experiment. A new step is one file and one line here.
import { clip } from './clip.ts';
import { difference } from './difference.ts';
import { fill } from './fill.ts';
import { log } from './log.ts';
import { minMax } from './min-max.ts';
import { missingIndicator } from './missing-indicator.ts';
import { oneHot } from './one-hot.ts';
import { revin } from './revin.ts';
import { robust } from './robust.ts';
import { standardize } from './standardize.ts';
import type { FitContext, FittedStep, StepKind, StepName, StepOf } from './step.ts';
import { subtractLast } from './subtract-last.ts';

const STEP_KINDS: { readonly [Name in StepName]: StepKind<Name> } = {
  fill,
  log,
  'one-hot': oneHot,
  standardize,
  'min-max': minMax,
  robust,
  clip,
  'missing-indicator': missingIndicator,
  'subtract-last': subtractLast,
  revin,
  difference,
};

export function fitStep<Name extends StepName>(
  name: Name,
  step: StepOf<Name>,
  context: FitContext,
): FittedStep {
  return STEP_KINDS[name].fit(step, context);
}

export function restoreStep(state: { readonly step: StepName }): FittedStep {
  return STEP_KINDS[state.step].restore(state);
}

export const STEP_NAMES = Object.keys(STEP_KINDS) as readonly StepName[];
