// Fills missing inputs: `forward` with the last value before, `mean` with the training mean, `zero` with 0.
// Only earlier rows and training estimates are used, so a filled cell contains no information about its future. For categories
// the mean is the most frequent category of the training part, and zero means no category. A missing target stays missing as a
// target when it is filled as an input: `known` is unchanged.
import { z } from 'zod';
import {
  channelIn,
  chooseChannels,
  type FitContext,
  type FittedStep,
  mapChannels,
  type StepKind,
} from './step.ts';
import { statisticsOf } from './sums.ts';
import { type Channel, knownValues, type SeriesTable } from './table.ts';

/** `series` null: over all series, for those without a known training value of their own. */
const FallbackSchema = z.object({
  channel: z.string(),
  series: z.string().nullable(),
  /** A number, or the name of a category; null where the training part holds nothing. */
  value: z.union([z.number(), z.string()]).nullable(),
});
type Fallback = z.infer<typeof FallbackSchema>;

const StateSchema = z.object({
  step: z.literal('fill'),
  method: z.enum(['forward', 'mean', 'zero']),
  fallbacks: z.array(FallbackSchema),
});
type FillState = z.infer<typeof StateSchema>;

/** The code of no category: one-hot makes zeros of it. */
const NO_CATEGORY = -1;

export const fill: StepKind<'fill'> = {
  fit(step, context) {
    const channels = chooseChannels(context, {
      columns: step.columns,
      accepts: ['numeric', 'category', 'indicator'],
      unless: (channel) => (channel.isInput ? null : 'it is no feature, and targets are never filled'),
    });
    const fallbacks = channels.flatMap((channel) => fitFallbacks(channel.name, context));
    return fittedFill({ step: 'fill', method: step.method, fallbacks });
  },
  restore: (state) => fittedFill(StateSchema.parse(state)),
};

function fitFallbacks(name: string, { tables }: FitContext): Fallback[] {
  const typical = (group: readonly SeriesTable[]) =>
    typicalValue(group.map((table) => channelIn(table, name)));
  const own = tables.map((table) => ({ channel: name, series: table.name, value: typical([table]) }));
  const overall = own.length === 1 ? own[0]!.value : typical(tables);
  return [...own, { channel: name, series: null, value: overall }];
}

/** Mean of numbers, most frequent name of categories (the first by name where several are). */
function typicalValue(channels: readonly Channel[]): number | string | null {
  if (channels[0]!.kind !== 'category') {
    const { count, mean } = statisticsOf(channels.map(knownValues));
    return count > 0 && Number.isFinite(mean) ? mean : null;
  }
  const counts = new Map<string, number>();
  for (const channel of channels) {
    for (const code of knownValues(channel)) {
      const name = channel.categories[code];
      if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  let best: string | null = null;
  for (const [name, count] of counts) {
    const bestCount = best === null ? 0 : counts.get(best)!;
    if (count > bestCount || (count === bestCount && best !== null && name < best)) best = name;
  }
  return best;
}

function fittedFill(state: FillState): FittedStep {
  const filled = new Set(state.fallbacks.map((fallback) => fallback.channel));
  return {
    state,
    apply: (table) =>
      mapChannels(table, (channel) => {
        const wanted = filled.has(channel.name) && channel.values.some((value) => Number.isNaN(value));
        return wanted ? fillChannel(channel, table.name, state) : channel;
      }),
    inverse: () => null,
  };
}

function fillChannel(channel: Channel, series: string, state: FillState): Channel {
  const { fallback, categories } = fallbackFor(channel, series, state);
  const values = channel.values.slice();
  let last = fallback;
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row]!;
    if (Number.isNaN(value)) values[row] = last;
    else if (state.method === 'forward') last = value;
  }
  return { ...channel, values, categories };
}

/** What fills a cell that has nothing before it; a category that the series' own list lacks is added to that list. */
function fallbackFor(channel: Channel, series: string, state: FillState) {
  const { categories } = channel;
  if (state.method === 'zero') return { fallback: channel.kind === 'category' ? NO_CATEGORY : 0, categories };
  const candidates = state.fallbacks.filter((fallback) => fallback.channel === channel.name);
  const own = candidates.find((fallback) => fallback.series === series)?.value ?? null;
  const value = own ?? candidates.find((fallback) => fallback.series === null)?.value ?? null;
  if (typeof value !== 'string') return { fallback: value ?? NaN, categories };
  const code = categories.indexOf(value);
  if (code >= 0) return { fallback: code, categories };
  return { fallback: categories.length, categories: [...categories, value] };
}
