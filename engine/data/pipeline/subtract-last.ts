// Subtracts the last known value of each column at the window's origin from the window's numeric inputs and targets, and adds it
// back to the forecast: the model sees changes, not levels. The subtraction happens while a batch is gathered; this step only
// records, for each row, what a window with that origin subtracts.
import { z } from 'zod';
import { chooseChannels, type FittedStep, mapChannels, type StepKind, unlessStatic } from './step.ts';
import type { Channel } from './table.ts';

const StateSchema = z.object({ step: z.literal('subtract-last'), channels: z.array(z.string()) });

export const subtractLast: StepKind<'subtract-last'> = {
  fit(step, context) {
    const channels = chooseChannels(context, {
      columns: step.columns,
      accepts: ['numeric'],
      unless: unlessStatic,
    });
    return fittedSubtractLast({ step: 'subtract-last', channels: channels.map((channel) => channel.name) });
  },
  restore: (state) => fittedSubtractLast(StateSchema.parse(state)),
};

function fittedSubtractLast(state: z.infer<typeof StateSchema>): FittedStep {
  return {
    state,
    apply: (table) =>
      mapChannels(table, (channel) =>
        state.channels.includes(channel.name) ? { ...channel, reference: lastKnown(channel) } : channel,
      ),
    // Undone with the window's own reference, not by a function of the value.
    inverse: () => null,
  };
}

/** [rows] the last known value up to each row; before the first one the filled value, or 0 where there is none. */
export function lastKnown({ values, known }: Channel): Float64Array {
  if (known === null) return values;
  let last = NaN;
  return values.map((value, row) => {
    if (known[row] === 1) last = value;
    if (!Number.isNaN(last)) return last;
    return Number.isNaN(value) ? 0 : value;
  });
}
