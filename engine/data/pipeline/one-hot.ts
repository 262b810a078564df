// Turns a category column into one 0/1 channel for each category of the training part, in order of name. A category that occurs
// only in later rows is all zeros; a missing value stays missing unless an earlier step fills it.
import { z } from 'zod';
import { HindcastError } from '../../contract/values/errors.ts';
import { channelIn, chooseChannels, type FitContext, type FittedStep, type StepKind } from './step.ts';
import { type Channel, knownValues } from './table.ts';

const StateSchema = z.object({
  step: z.literal('one-hot'),
  columns: z.array(z.object({ channel: z.string(), categories: z.array(z.string()) })),
});

export const oneHot: StepKind<'one-hot'> = {
  fit(step, context) {
    const channels = chooseChannels(context, { columns: step.columns, accepts: ['category'] });
    const columns = channels.map(({ name }) => ({
      channel: name,
      categories: categoriesSeen(name, context),
    }));
    return fittedOneHot({ step: 'one-hot', columns });
  },
  restore: (state) => fittedOneHot(StateSchema.parse(state)),
};

function categoriesSeen(name: string, context: FitContext): string[] {
  const seen = new Set<string>();
  for (const table of context.tables) {
    const channel = channelIn(table, name);
    for (const code of knownValues(channel)) {
      const category = channel.categories[code];
      if (category !== undefined) seen.add(category);
    }
  }
  if (seen.size > 0) return [...seen].sort(byCodeUnits);
  const message = `${context.label} cannot be fitted: "${name}" has no value in the training part; leave it out of the features, or move the split.`;
  throw new HindcastError('too-few-rows', message, { details: { column: name } });
}

/** Not localeCompare: its order depends on the machine's language. */
function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function fittedOneHot(state: z.infer<typeof StateSchema>): FittedStep {
  const byChannel = new Map(state.columns.map((column) => [column.channel, column.categories]));
  return {
    state,
    apply: (table) => ({
      ...table,
      channels: table.channels.flatMap((channel) => {
        const categories = byChannel.get(channel.name);
        return categories === undefined
          ? [channel]
          : categories.map((category) => indicator(channel, category));
      }),
    }),
    inverse: () => null,
  };
}

function indicator(channel: Channel, category: string): Channel {
  // A code that the series' list lacks (-1 included) is none of the categories.
  const wanted = channel.categories.indexOf(category);
  const values = channel.values.map((code) =>
    Number.isNaN(code) ? NaN : code === wanted && code >= 0 ? 1 : 0,
  );
  return { ...channel, name: `${channel.column}=${category}`, kind: 'indicator', values, categories: [] };
}
