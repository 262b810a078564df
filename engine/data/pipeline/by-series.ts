// Numbers that are estimated for each series, or for all series together: the shared part of the scaling steps.
import { z } from 'zod';
import { HindcastError } from '../../contract/values/errors.ts';
import { channelIn, type FitContext } from './step.ts';
import { type Statistics, statisticsOf } from './sums.ts';
import { type Channel, knownValues } from './table.ts';

/** value = (x - offset) / scale. `series` null: for every series. */
export const ScalingSchema = z.object({
  channel: z.string(),
  series: z.string().nullable(),
  offset: z.number(),
  scale: z.number(),
});
export type Scaling = z.infer<typeof ScalingSchema>;

interface ScalingOptions {
  readonly scope: 'series' | 'all';
  readonly channels: readonly Channel[];
  /** Offset and scale from the statistics of the known training values. */
  readonly from: (
    statistics: Statistics,
    /** [count] all of them, in memory of its own. */
    known: () => Float64Array,
  ) => { offset: number; scale: number };
}

/**
 * Fits one scaling for each channel, and for each series where `scope` says so and the channel changes in a series; a scale of 0 becomes
 * 1, with a note.
 */
export function fitScalings(context: FitContext, options: ScalingOptions): Scaling[] {
  return options.channels.flatMap((channel) => {
    const isShared = options.scope === 'all' || channel.isStatic === true;
    const groups = isShared ? [context.tables] : context.tables.map((table) => [table]);
    const fitted = groups.map((tables): Scaling => {
      const { name } = channel;
      const series = isShared ? null : tables[0]!.name;
      const arrays = tables.map((table) => knownValues(channelIn(table, name)));
      const statistics = statisticsOf(arrays);
      if (statistics.count === 0) throw nothingKnown(context.label, name, series);
      const { offset, scale } = options.from(statistics, () => joinKnown(arrays, statistics.count));
      requireFinite(context.label, name, offset, scale);
      return { channel: name, series, offset, scale };
    });
    noteConstant(context, channel, fitted);
    return fitted.map((scaling) => ({ ...scaling, scale: scaling.scale === 0 ? 1 : scaling.scale }));
  });
}

function noteConstant(context: FitContext, { name, isTarget }: Channel, fitted: readonly Scaling[]): void {
  const constant = fitted.filter(({ scale }) => scale === 0);
  for (const { series } of constant) context.unscaled(name, series);
  const isErased = constant.length === fitted.length && new Set(fitted.map(({ offset }) => offset)).size > 1;
  if (isErased && !isTarget) {
    context.note(
      `${context.label}: "${name}" is constant in each series, so nothing is left of it when each series is scaled by itself; name it in task.staticFeatures.`,
    );
    return;
  }
  for (const { series } of constant) context.note(constantNote(context.label, name, series));
}

/** [count] without NaN. */
export function joinKnown(arrays: readonly Float64Array[], count: number): Float64Array {
  const known = new Float64Array(count);
  let at = 0;
  for (const values of arrays) {
    for (let row = 0; row < values.length; row += 1)
      if (!Number.isNaN(values[row])) known[at++] = values[row]!;
  }
  return known;
}

/** The scaling of a channel of a series; null where the step leaves the channel alone. */
export function findScaling(scalings: readonly Scaling[], series: string, channel: string): Scaling | null {
  const ofChannel = scalings.filter((scaling) => scaling.channel === channel);
  if (ofChannel.length === 0) return null;
  const found = ofChannel.find((scaling) => scaling.series === null || scaling.series === series);
  if (found !== undefined) return found;
  const message = `Series "${series}" was not in the training data, and "${channel}" is scaled for each series: leave it out, or train with scope "all".`;
  throw new HindcastError('not-found', message, { details: { series, column: channel } });
}

export function scale(values: Float64Array, { offset, scale }: Scaling): Float64Array {
  return values.map((value) => (value - offset) / scale);
}

function nothingKnown(step: string, channel: string, series: string | null): HindcastError {
  const where = series === null ? '' : ` of series "${series}"`;
  const message = `${step} cannot be fitted: "${channel}"${where} has no value in the training part; leave the column or the series out, or move the split.`;
  return new HindcastError('too-few-rows', message, { details: { column: channel, series } });
}

function requireFinite(step: string, channel: string, offset: number, scale: number): void {
  if (Number.isFinite(offset) && Number.isFinite(scale)) return;
  const message = `${step} cannot be fitted: the values of "${channel}" are too large to be added up; put the step log before it, or leave the column out.`;
  throw new HindcastError('invalid-input', message, { details: { column: channel } });
}

function constantNote(step: string, channel: string, series: string | null): string {
  const where = series === null ? '' : ` of series "${series}"`;
  return `${step}: "${channel}"${where} is constant in the training part and is only shifted, not scaled.`;
}
