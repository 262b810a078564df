// The scaling steps of a pipeline inside the graph, so that an exported model takes and gives the units of the data. This works
// where the steps come last, are affine, and are the same for all series; filling, one-hot, clipping and indicators stay outside, before the model.
import { z } from 'zod';
import type { PipelineStep } from '../../contract/experiment/pipeline.ts';
import { add, affineColumns, dense, lastStep, matrix, type Node, repeat } from './net.ts';

const ScalingSchema = z.object({
  channel: z.string(),
  series: z.string().nullable(),
  offset: z.number(),
  scale: z.number(),
});
const FittedSchema = z.object({
  inputs: z.array(z.string()),
  steps: z.array(
    z.discriminatedUnion('step', [
      z.object({ step: z.enum(['standardize', 'min-max', 'robust']), scalings: z.array(ScalingSchema) }),
      z.object({ step: z.literal('subtract-last'), channels: z.array(z.string()) }),
      z.object({ step: z.literal('fill'), method: z.enum(['forward', 'mean', 'zero']) }),
      z.object({ step: z.enum(['one-hot', 'log', 'clip', 'missing-indicator', 'revin', 'difference']) }),
    ]),
  ),
});
type InsideStep = Extract<
  z.infer<typeof FittedSchema>['steps'][number],
  { step: 'standardize' | 'min-max' | 'robust' | 'subtract-last' }
>;

export interface GraphScaling {
  /** Steps that the caller of the model does first. */
  readonly outside: readonly PipelineStep[];
  readonly inside: readonly InsideStep[];
  readonly inputs: readonly string[];
  readonly targets: readonly string[];
}

const OUTSIDE: ReadonlySet<string> = new Set(['fill', 'one-hot', 'clip', 'missing-indicator']);
const isOutside = (step: string): boolean => OUTSIDE.has(step);

/** Behind the name of a channel: its values that are known ahead, an input of its own (engine/data/model-series.ts). */
const AHEAD = /, \d+ ahead$/;

/** Why the graph cannot hold the scaling: the model then works in its own units. */
interface NoScaling {
  readonly impossible: string;
}

export function planScaling(
  pipeline: readonly PipelineStep[],
  fitted: unknown,
  targets: readonly string[],
): GraphScaling | NoScaling {
  const { steps, inputs } = FittedSchema.parse(fitted);
  const first = steps.findIndex(({ step }) => !isOutside(step));
  const split = first < 0 ? steps.length : first;
  const inside: InsideStep[] = [];
  for (const step of steps.slice(split)) {
    if ('scalings' in step || 'channels' in step) inside.push(step);
    else return { impossible: `stock layers cannot do the step ${step.step} where it stands` };
  }
  const changed = new Set(inside.flatMap(channelsOf));
  if (inputs.some((name) => AHEAD.test(name) && changed.has(name.replace(AHEAD, '')))) {
    return { impossible: 'values that are known ahead are inputs of their own' };
  }
  const before = steps.slice(0, split);
  const reason = inside.map((step) => whyNot(step, { before, inputs, targets })).find((why) => why !== null);
  return reason ? { impossible: reason } : { outside: pipeline.slice(0, split), inside, inputs, targets };
}

const channelsOf = (step: InsideStep): readonly string[] =>
  'scalings' in step ? step.scalings.map(({ channel }) => channel) : step.channels;

interface Surroundings {
  readonly before: readonly z.infer<typeof FittedSchema>['steps'][number][];
  readonly inputs: readonly string[];
  readonly targets: readonly string[];
}

function whyNot(step: InsideStep, { before, inputs, targets }: Surroundings): string | null {
  if ('scalings' in step) {
    const isOneForAll = new Set(step.scalings.map(({ channel }) => channel)).size === step.scalings.length;
    return isOneForAll ? null : `${step.step} has other values for each series`;
  }
  const missing = targets.find((target) => step.channels.includes(target) && !inputs.includes(target));
  if (missing !== undefined) return `subtract-last needs the target "${missing}" among the inputs`;
  // The last known value is what forward filling puts into the window's last row; other fillings hide it.
  const hides = before.some((other) => other.step === 'fill' && other.method !== 'forward');
  return hides ? 'subtract-last needs the last known values, which fill replaces by others' : null;
}

type Columns = Parameters<typeof affineColumns>[1];

/** (x - offset) / scale; what float32 loses of a large offset comes back with the shift. */
function scaleColumns(offset: readonly number[], scale: readonly number[]): Columns {
  return {
    offset,
    scale: scale.map((value) => 1 / value),
    shift: offset.map((value, at) => (Math.fround(value) - value) / scale[at]!),
  };
}

/** y scale + offset; what float32 loses of a large offset is taken off before. */
function unscaleColumns(offset: readonly number[], scale: readonly number[]): Columns {
  const lost = offset.map((value, at) => (Math.fround(value) - value) / scale[at]!);
  return { offset: lost, scale, shift: offset };
}

function scalingOf(step: Extract<InsideStep, { scalings: unknown }>, names: readonly string[]) {
  const found = names.map((name) => step.scalings.find(({ channel }) => channel === name));
  return {
    offset: found.map((scaling) => scaling?.offset ?? 0),
    scale: found.map((scaling) => scaling?.scale ?? 1),
  };
}

/** [lookback, inputs] and [horizon, targets], both in the units of the data; `model` in between in model units. */
export function scaledGraph(
  window: Node,
  { inside, inputs, targets }: GraphScaling,
  model: (window: Node) => Node,
): Node {
  let x = window;
  let addBack: ((y: Node) => Node) | null = null;
  for (const step of inside) {
    if ('scalings' in step) {
      const { offset, scale } = scalingOf(step, inputs);
      x = affineColumns(x, scaleColumns(offset, scale));
    } else {
      const last = lastStep(x);
      const isSubtracted = (name: string | undefined) => name !== undefined && step.channels.includes(name);
      const minus = matrix(inputs.length, inputs.length, (row, column) =>
        row === column && isSubtracted(inputs[row]) ? -1 : 0,
      );
      const plus = matrix(inputs.length, targets.length, (row, column) =>
        inputs[row] === targets[column] && isSubtracted(inputs[row]) ? 1 : 0,
      );
      x = add([x, repeat(dense(last, minus), x.shape[1]!)]);
      addBack = (y) => add([y, repeat(dense(last, plus), y.shape[1]!)]);
    }
  }
  let y = model(x);
  if (addBack) y = addBack(y);
  for (const step of inside.toReversed()) {
    if (!('scalings' in step)) continue;
    const { offset, scale } = scalingOf(step, targets);
    y = affineColumns(y, unscaleColumns(offset, scale));
  }
  return y;
}
