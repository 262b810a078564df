// (x - mean) / standard deviation of the known training values; population deviation (divided by n).
import { z } from 'zod';
import { fitScalings, ScalingSchema } from './by-series.ts';
import { fittedScaling } from './fitted-scaling.ts';
import { chooseChannels, type StepKind } from './step.ts';

const StateSchema = z.object({ step: z.literal('standardize'), scalings: z.array(ScalingSchema) });

export const standardize: StepKind<'standardize'> = {
  fit(step, context) {
    const channels = chooseChannels(context, { columns: step.columns, accepts: ['numeric'] });
    const from = ({ mean, std }: { mean: number; std: number }) => ({ offset: mean, scale: std });
    return fittedScaling({
      step: 'standardize',
      scalings: fitScalings(context, { scope: step.scope, channels, from }),
    });
  },
  restore: (state) => fittedScaling(StateSchema.parse(state)),
};
