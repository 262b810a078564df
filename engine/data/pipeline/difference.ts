// Differencing: a model reads the change of each column from row to row, and forecasts changes from the last known row, which are put back.
// The changes of the inputs are divided by their deviation in the training part, so that they are as large as a model wants them. As with
// subtract-last, what is subtracted from the targets depends on the window; this step records it for each row.
import { z } from 'zod';
import {
  channelIn,
  chooseChannels,
  type FittedStep,
  mapChannels,
  type StepKind,
  unlessStatic,
} from './step.ts';
import { lastKnown } from './subtract-last.ts';
import { statisticsOf } from './sums.ts';
import { knownValues } from './table.ts';

const StateSchema = z.object({
  step: z.literal('difference'),
  scales: z.array(z.object({ channel: z.string(), scale: z.number() })),
});

export const difference: StepKind<'difference'> = {
  fit(step, context) {
    const channels = chooseChannels(context, {
      columns: step.columns,
      accepts: ['numeric'],
      unless: unlessStatic,
    });
    const scales = channels.map(({ name }) => {
      const changes = context.tables.map((table) => changesOf(knownValues(channelIn(table, name))));
      const { std } = statisticsOf(changes);
      return { channel: name, scale: std > 0 && Number.isFinite(std) ? std : 1 };
    });
    return fittedDifference({ step: 'difference', scales });
  },
  restore: (state) => fittedDifference(StateSchema.parse(state)),
};

function fittedDifference(state: z.infer<typeof StateSchema>): FittedStep {
  const scaleOf = new Map(state.scales.map(({ channel, scale }) => [channel, scale]));
  return {
    state,
    apply: (table) =>
      mapChannels(table, (channel) => {
        const scale = scaleOf.get(channel.name);
        if (scale === undefined) return channel;
        const changes = changesOf(channel.values).map((change) => change / scale);
        // Nothing is known before the first row.
        if (changes.length > 0) changes[0] = 0;
        return { ...channel, reference: lastKnown(channel), changes };
      }),
    // Undone with the window's own reference.
    inverse: () => null,
  };
}

/** [rows] the change from the row before; NaN for the first row, and where either value is missing. */
function changesOf(values: Float64Array): Float64Array {
  return values.map((value, row) => (row === 0 ? Number.NaN : value - values[row - 1]!));
}
