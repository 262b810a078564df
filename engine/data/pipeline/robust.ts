// (x - median) / (distance of the quartiles) of the known training values: a few far values move neither.
import { z } from 'zod';
import { quantiles } from '../statistics.ts';
import { fitScalings, ScalingSchema } from './by-series.ts';
import { fittedScaling } from './fitted-scaling.ts';
import { chooseChannels, type StepKind } from './step.ts';

const StateSchema = z.object({ step: z.literal('robust'), scalings: z.array(ScalingSchema) });

export const robust: StepKind<'robust'> = {
  fit(step, context) {
    const channels = chooseChannels(context, { columns: step.columns, accepts: ['numeric'] });
    const from = ({ std }: { std: number }, known: () => Float64Array) => {
      const [low, median, high] = quantiles(known(), [0.25, 0.5, 0.75]) as [number, number, number];
      // Half of the values or more are the same: the deviation is what is left.
      return { offset: median, scale: high > low ? high - low : std };
    };
    return fittedScaling({
      step: 'robust',
      scalings: fitScalings(context, { scope: step.scope, channels, from }),
    });
  },
  restore: (state) => fittedScaling(StateSchema.parse(state)),
};
