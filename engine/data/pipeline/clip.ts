// Takes inputs that lie beyond quantiles of the training part for these quantiles. Targets are never clipped: what is scored stays as it was.
import { z } from 'zod';
import { quantiles } from '../statistics.ts';
import { joinKnown } from './by-series.ts';
import { channelIn, chooseChannels, type FittedStep, mapChannels, type StepKind } from './step.ts';
import { statisticsOf } from './sums.ts';
import { knownValues } from './table.ts';

const StateSchema = z.object({
  step: z.literal('clip'),
  bounds: z.array(z.object({ channel: z.string(), low: z.number(), high: z.number() })),
});

export const clip: StepKind<'clip'> = {
  fit(step, context) {
    const channels = chooseChannels(context, {
      columns: step.columns,
      accepts: ['numeric'],
      unless: ({ isInput, isTarget }) =>
        isTarget ? 'it is a target, and targets are never clipped' : isInput ? null : 'it is no feature',
    });
    if (channels.length === 0)
      context.note(`${context.label}: no input is without being a target, so nothing is clipped.`);
    const bounds = channels.flatMap(({ name }) => {
      const arrays = context.tables.map((table) => knownValues(channelIn(table, name)));
      const { count } = statisticsOf(arrays);
      if (count === 0) return [];
      const known = joinKnown(arrays, count);
      const [low, high] = quantiles(known, [step.share, 1 - step.share]) as [number, number];
      return [{ channel: name, low, high }];
    });
    return fittedClip({ step: 'clip', bounds });
  },
  restore: (state) => fittedClip(StateSchema.parse(state)),
};

function fittedClip(state: z.infer<typeof StateSchema>): FittedStep {
  const byChannel = new Map(state.bounds.map((bound) => [bound.channel, bound]));
  return {
    state,
    apply: (table) =>
      mapChannels(table, (channel) => {
        const bound = byChannel.get(channel.name);
        if (bound === undefined) return channel;
        const { low, high } = bound;
        // A missing value stays missing.
        return { ...channel, values: channel.values.map((value) => Math.min(high, Math.max(low, value))) };
      }),
    inverse: () => null,
  };
}
