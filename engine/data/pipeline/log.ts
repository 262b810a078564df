// Natural logarithm. Without `columns` it takes the numeric columns whose known training values are all positive.
import { z } from 'zod';
import { HindcastError } from '../../contract/values/errors.ts';
import { deterministicExp, deterministicLog } from '../../numerics/deterministic-math.ts';
import {
  channelIn,
  chooseChannels,
  type FitContext,
  type FittedStep,
  mapChannels,
  type StepKind,
} from './step.ts';
import { statisticsOf } from './sums.ts';
import { type Channel, formatTime, knownValues, type SeriesTable } from './table.ts';

const StateSchema = z.object({ step: z.literal('log'), channels: z.array(z.string()) });

export const log: StepKind<'log'> = {
  fit(step, context) {
    const chosen = chooseChannels(context, { columns: step.columns, accepts: ['numeric'] });
    const channels =
      step.columns === undefined ? chosen.filter((channel) => isPositive(channel, context)) : chosen;
    if (channels.length === 0) throw nothingPositive(context.label);
    return fittedLog({ step: 'log', channels: channels.map((channel) => channel.name) });
  },
  restore: (state) => fittedLog(StateSchema.parse(state)),
};

function isPositive({ name }: Channel, context: FitContext): boolean {
  return statisticsOf(context.tables.map((table) => knownValues(channelIn(table, name)))).min > 0;
}

function fittedLog(state: z.infer<typeof StateSchema>): FittedStep {
  return {
    state,
    apply: (table) =>
      mapChannels(table, (channel) =>
        state.channels.includes(channel.name) ? { ...channel, values: logarithms(channel, table) } : channel,
      ),
    inverse: (_series, channel) => (state.channels.includes(channel) ? deterministicExp : null),
  };
}

function logarithms(channel: Channel, table: SeriesTable): Float64Array {
  return channel.values.map((value, row) => {
    if (value <= 0) throw notPositive(channel, table, row);
    return deterministicLog(value);
  });
}

function notPositive(channel: Channel, table: SeriesTable, row: number): HindcastError {
  const value = channel.values[row]!;
  const filled = channel.known?.[row] === 0 ? ', where a missing value was filled' : '';
  const message = `The step log cannot take "${channel.column}" of series "${table.name}": it is ${value} at ${formatTime(table.times[row]!)}${filled}; logarithms need positive values, so take the column out of the step or correct the data.`;
  const details = { field: 'pipeline', column: channel.column, series: table.name, row, value };
  return new HindcastError('invalid-input', message, { details });
}

function nothingPositive(column: string): HindcastError {
  const message = `${column} has nothing to act on: no numeric column is positive throughout the training part; take the step out, or name its columns.`;
  return new HindcastError('invalid-input', message, { details: { field: 'pipeline' } });
}
