// The card of an exported model: its inputs and outputs, the preprocessing it expects, and its origin.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { nestsTooDeep } from '../../contract/api/json-depth.ts';
import { CardIntervalsSchema } from '../../contract/runs/export.ts';
import { isForecastTask } from '../../contract/tasks/forecast.ts';
import { QuantilesSchema } from '../../contract/tasks/quantiles.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { CardBaseSchema, CardCheckSchema, CardFileSchema } from './card-base.ts';
import { CARD_FILE, MODEL_FILE, WEIGHTS_FILE } from './file-names.ts';
import { findGraphFault } from './graph-fault.ts';

const VERSION = 1;
const ShapeSchema = z.array(z.int().nonnegative()).length(2);
/** `quantile` null: the forecast. */
const ColumnSchema = z.object({ target: z.string(), quantile: z.number().nullable() });

export const CardSchema = CardBaseSchema.extend({
  version: z.literal(VERSION),
  /** One window: `shape` [lookback, inputs]; `names` in the order of the last axis. */
  input: z.object({ shape: ShapeSchema, names: z.array(z.string()) }),
  /**
   * `shape` [horizon, targets], or with `levels` [horizon, targets * levels]: of each target its quantiles of these levels, side by side,
   * where that of 0.5 is the forecast. `names`: the targets; `columns`: what each column of the last axis is.
   */
  output: z.object({
    shape: ShapeSchema,
    names: z.array(z.string()),
    levels: QuantilesSchema.optional(),
    columns: z.array(ColumnSchema).optional(),
  }),
  /** `data`: input and output in the units of the data; `model`: behind all steps of the pipeline, to be undone by their inverses. */
  units: z.enum(['data', 'model']),
  /** Why it is `model`; null where it is `data`. */
  whyModelUnits: z.string().nullable(),
  /** Steps of the pipeline to be done in front of the model, in order. */
  stepsBefore: z.array(z.string()),
  /** Fitted state of every step of the pipeline. */
  fitted: z.unknown(),
  /** Of a run that has some. */
  intervals: CardIntervalsSchema.optional(),
  /** Of model.json; cards written before have none. */
  graph: CardFileSchema.optional(),
  verified: CardCheckSchema.extend({ windows: z.int() }),
});
export type Card = z.infer<typeof CardSchema>;

/** @throws HindcastError `file-unreadable` */
export function parseCard(text: string): Card {
  if (nestsTooDeep(text)) throw unreadable(`${CARD_FILE} nests too deep for a card; ${WHOLE}.`);
  const card = readCard(text);
  requireShapes(card);
  return card;
}

/** @throws HindcastError `file-unreadable` where the card says two different things of window or horizon. */
function requireShapes({ input, output, experiment, intervals }: Card): void {
  if (!isForecastTask(experiment.task)) {
    throw unreadable(`${CARD_FILE} is of a model that makes no forecasts; ${WHOLE}.`);
  }
  const { lookback, horizon, targets } = experiment.task;
  const columns = columnsOf(output);
  const expected = { input: [lookback, input.names.length], output: [horizon, columns.length] };
  const cells = horizon * targets.length;
  const isNamed = String(output.names) === String(targets);
  if (!isNamed || (output.columns && JSON.stringify(output.columns) !== JSON.stringify(columns))) {
    throw unreadable(`${CARD_FILE} names other columns than its targets and levels make; ${WHOLE}.`);
  }
  const hasMoves = intervals?.series.every(
    ({ moves }) =>
      moves.length === intervals.levels.length &&
      (output.levels === undefined || String(output.levels) === String(intervals.levels)) &&
      moves.every((values) => values.length === cells),
  );
  if (hasMoves === false) {
    throw unreadable(`${CARD_FILE} has intervals of another shape than its output; ${WHOLE}.`);
  }
  const isSame =
    String(input.shape) === String(expected.input) && String(output.shape) === String(expected.output);
  if (isSame) return;
  throw unreadable(
    `${CARD_FILE} contradicts itself: input ${input.shape.join(' x ')} and output ${output.shape.join(' x ')}, but look-back and horizon make ${expected.input.join(' x ')} and ${expected.output.join(' x ')}; ${WHOLE}.`,
  );
}

/** What each column of the answer is. */
export const columnsOf = ({ names, levels }: Pick<Card['output'], 'names' | 'levels'>) =>
  names.flatMap((target) => (levels ?? [null]).map((quantile) => ({ target, quantile })));

function readCard(text: string): Card {
  try {
    return CardSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw unreadable(versionOf(text) ?? `${CARD_FILE} is no card of an exported model; ${WHOLE}.`, cause);
  }
}

export function describeWeights(bytes: Uint8Array): Card['weights'] {
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** @throws HindcastError `file-unreadable` where these are not the weights of the card. */
export function requireWeights({ weights }: Card, bytes: Uint8Array): void {
  if (bytes.length !== weights.bytes) {
    const sizes = `${bytes.length.toLocaleString('en-US')} of ${weights.bytes.toLocaleString('en-US')} bytes`;
    throw unreadable(`${WEIGHTS_FILE} has ${sizes}, so it was not copied whole; ${WHOLE}.`);
  }
  if (describeWeights(bytes).sha256 === weights.sha256) return;
  throw unreadable(`${WEIGHTS_FILE} is not the file that ${CARD_FILE} was written for; ${WHOLE}.`);
}

/** @throws HindcastError `file-unreadable` where this is not the graph of the card, or one that cannot be built. */
export function requireGraph({ graph, weights }: Card, bytes: Uint8Array): void {
  if (graph && describeWeights(bytes).sha256 !== graph.sha256)
    throw unreadable(`${MODEL_FILE} is not the file that ${CARD_FILE} was written for; ${WHOLE}.`);
  const fault = findGraphFault(new TextDecoder().decode(bytes), weights.bytes);
  if (fault !== null) throw unreadable(`${MODEL_FILE} ${fault}; ${WHOLE}.`);
}

/** What to do about files that are not as an export wrote them. */
export const WHOLE = 'give the folder of `hindcast export RUN --format tfjs`, whole';

/** What is wrong with a card of another version; null where that is not it. */
function versionOf(text: string): string | null {
  const found = OtherVersionSchema.safeParse(parsed(text));
  if (!found.success || found.data.version === VERSION) return null;
  const which = `${CARD_FILE} is of version ${found.data.version}, but this Hindcast reads version ${VERSION}`;
  return `${which}; use a Hindcast like the one that exported the model, or export the run again.`;
}

const OtherVersionSchema = z.object({ format: z.literal('hindcast-model'), version: z.number() });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function unreadable(message: string, cause?: unknown): HindcastError {
  return new HindcastError('file-unreadable', message, { cause });
}
