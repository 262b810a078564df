// The interface of a pipeline step. It is fitted on the training rows, which gives a small JSON state; that state is enough to
// transform any table and to turn forecasts back into original units.

import type { PipelineStep } from '../../contract/experiment/pipeline.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { nameList } from './did-you-mean.ts';
import type { Channel, ChannelKind, SeriesTable } from './table.ts';

export type StepName = PipelineStep['step'];
export type StepOf<Name extends StepName> = Extract<PipelineStep, { step: Name }>;

export type Inverse = (value: number) => number;

export interface FittedStep {
  /** Plain JSON with finite numbers only; `restore` makes the step from it again. */
  readonly state: { readonly step: StepName };
  apply(table: SeriesTable): SeriesTable;
  /** Undoes the step for values of one channel of one series; null where the step leaves them alone. */
  inverse(series: string, channel: string): Inverse | null;
}

export interface StepKind<Name extends StepName> {
  fit(step: StepOf<Name>, context: FitContext): FittedStep;
  /** `state`: what `fit` returned, possibly read back from a file. */
  restore(state: unknown): FittedStep;
}

export interface FitContext {
  /** Training rows only, as the steps before this one left them. */
  readonly tables: readonly SeriesTable[];
  /** For messages: `pipeline step 2 (standardize)`. */
  readonly label: string;
  /** Tells the user something about the data. */
  note(text: string): void;
  /** Tells that a channel keeps its raw unit, since it is constant in the training rows. `series` null: of every series. */
  unscaled(channel: string, series: string | null): void;
}

interface Choice {
  readonly columns: readonly string[] | undefined;
  /** Channels that the step can act on. */
  readonly accepts: readonly ChannelKind[];
  /** Further restriction; what a column lacks that fails it: `it is no input`. */
  readonly unless?: (channel: Channel) => string | null;
}

/**
 * The channels that a step acts on: those of its `columns`, or every one that it can act on.
 * Errors: `unknown-column` for a column that is neither feature nor target, `invalid-input` for one that it cannot act on.
 */
export function chooseChannels(context: FitContext, choice: Choice): Channel[] {
  const { channels } = context.tables[0]!;
  const objection = (channel: Channel) => {
    if (!choice.accepts.includes(channel.kind)) return `it is a ${wordFor(channel.kind)} column`;
    return choice.unless?.(channel) ?? null;
  };
  const { columns } = choice;
  if (columns === undefined) return channels.filter((channel) => objection(channel) === null);
  for (const column of columns) requireColumn(context, column, objection);
  return channels.filter((channel) => columns.includes(channel.column) && objection(channel) === null);
}

/** For steps that level each window: of a value that never changes they would leave nothing. */
export const unlessStatic = ({ isStatic }: Channel): string | null =>
  isStatic ? 'it does not change over a series (task.staticFeatures)' : null;

function requireColumn(
  context: FitContext,
  column: string,
  objection: (channel: Channel) => string | null,
): void {
  const found = context.tables[0]!.channels.filter((channel) => channel.column === column);
  const details = { field: 'pipeline', column };
  if (found.length === 0) {
    const names = [...new Set(context.tables[0]!.channels.map((channel) => channel.column))];
    const message = `${context.label} names "${column}", which is neither a feature nor a target; those are ${nameList(names)}.`;
    throw new HindcastError('unknown-column', message, { details });
  }
  // An indicator beside its column keeps no step from the column.
  const reasons = found.map(objection);
  const [reason] = reasons;
  if (reason != null && !reasons.includes(null)) {
    const message = `${context.label} cannot act on "${column}": ${reason}; take it out of the columns of the step.`;
    throw new HindcastError('invalid-input', message, { details });
  }
}

function wordFor(kind: ChannelKind): string {
  return kind === 'numeric' ? 'numeric' : 'category';
}

/** The channel of that name in each of the tables, in their order. */
export function channelIn(table: SeriesTable, name: string): Channel {
  const channel = table.channels.find((candidate) => candidate.name === name);
  if (channel === undefined) {
    throw new HindcastError(
      'unknown-column',
      `Series "${table.name}" has no column "${name}", which the fitted pipeline needs; give it data with the columns of the training.`,
      { details: { column: name, series: table.name } },
    );
  }
  return channel;
}

/** The table with some of its channels replaced; `replace` returns the same channel to leave it alone. */
export function mapChannels(table: SeriesTable, replace: (channel: Channel) => Channel): SeriesTable {
  return { ...table, channels: table.channels.map(replace) };
}
