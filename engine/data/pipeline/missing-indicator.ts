// A 0/1 input beside each input that lacks values in the training part: 1 where the value is missing, also where a step fills it.
import { z } from 'zod';
import { channelIn, chooseChannels, type FittedStep, type StepKind } from './step.ts';
import type { Channel } from './table.ts';

const StateSchema = z.object({ step: z.literal('missing-indicator'), channels: z.array(z.string()) });

export const missingIndicator: StepKind<'missing-indicator'> = {
  fit(step, context) {
    const channels = chooseChannels(context, {
      columns: step.columns,
      accepts: ['numeric', 'category'],
      unless: (channel) => (channel.isInput ? null : 'it is no feature'),
    });
    // A named column gets its indicator in any case.
    const lacking = channels.filter(
      ({ name }) =>
        step.columns !== undefined ||
        context.tables.some((table) => channelIn(table, name).known?.includes(0) ?? false),
    );
    if (lacking.length === 0)
      context.note(`${context.label}: no input lacks a value in the training part, so no input is added.`);
    return fittedIndicator({ step: 'missing-indicator', channels: lacking.map(({ name }) => name) });
  },
  restore: (state) => fittedIndicator(StateSchema.parse(state)),
};

function fittedIndicator(state: z.infer<typeof StateSchema>): FittedStep {
  return {
    state,
    apply: (table) => ({
      ...table,
      channels: table.channels.flatMap((channel) =>
        state.channels.includes(channel.name) ? [channel, indicatorOf(channel)] : [channel],
      ),
    }),
    inverse: () => null,
  };
}

const indicatorOf = ({ known, values, ...channel }: Channel): Channel => ({
  ...channel,
  name: `${channel.name} is missing`,
  kind: 'indicator',
  isTarget: false,
  values:
    known === null ? new Float64Array(values.length) : Float64Array.from(known, (isKnown) => 1 - isKnown),
  known: null,
  categories: [],
  reference: null,
});
