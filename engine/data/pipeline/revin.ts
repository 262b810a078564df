// Reversible instance normalisation (Kim and others 2022, without its learned scale): each window is shifted by its own mean and divided by
// its own deviation, and the forecast is put back. So a model sees the shape of a window, whatever its level and size. As with
// subtract-last, a batch is changed while it is gathered; this step only marks the columns.
import { z } from 'zod';
import { chooseChannels, type FittedStep, mapChannels, type StepKind, unlessStatic } from './step.ts';

const StateSchema = z.object({ step: z.literal('revin'), channels: z.array(z.string()) });

export const revin: StepKind<'revin'> = {
  fit(step, context) {
    const channels = chooseChannels(context, {
      columns: step.columns,
      accepts: ['numeric'],
      unless: unlessStatic,
    });
    return fittedRevin({ step: 'revin', channels: channels.map((channel) => channel.name) });
  },
  restore: (state) => fittedRevin(StateSchema.parse(state)),
};

function fittedRevin(state: z.infer<typeof StateSchema>): FittedStep {
  return {
    state,
    apply: (table) =>
      mapChannels(table, (channel) =>
        state.channels.includes(channel.name) ? { ...channel, isNormalized: true } : channel,
      ),
    // Undone with the window's own mean and deviation.
    inverse: () => null,
  };
}
