// (x - min) / (max - min), with min and max of the known training values: 0 to 1 in training, possibly outside that range later.
import { z } from 'zod';
import { fitScalings, ScalingSchema } from './by-series.ts';
import { fittedScaling } from './fitted-scaling.ts';
import { chooseChannels, type StepKind } from './step.ts';

const StateSchema = z.object({ step: z.literal('min-max'), scalings: z.array(ScalingSchema) });

export const minMax: StepKind<'min-max'> = {
  fit(step, context) {
    const channels = chooseChannels(context, { columns: step.columns, accepts: ['numeric'] });
    const from = ({ min, max }: { min: number; max: number }) => ({ offset: min, scale: max - min });
    return fittedScaling({
      step: 'min-max',
      scalings: fitScalings(context, { scope: step.scope, channels, from }),
    });
  },
  restore: (state) => fittedScaling(StateSchema.parse(state)),
};
