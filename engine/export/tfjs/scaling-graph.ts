// The scaling steps of a pipeline inside the graph, so that an exported model takes and gives the units of the data. Possible
// where they come last, are affine, and are one for all series; filling and one-hot stay outside, in front of the model.
import { z } from 'zod';
import type { PipelineStep } from '../../contract/experiment.ts';
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
      z.object({ step: z.enum(['standardize', 'min-max']), scalings: z.array(ScalingSchema) }),
      z.object({ step: z.literal('subtract-last'), channels: z.array(z.string()) }),
      z.object({ step: z.enum(['fill', 'one-hot', 'log']) }),
    ]),
  ),
});
type InsideStep = Extract<
  z.infer<typeof FittedSchema>['steps'][number],
  { step: 'standardize' | 'min-max' | 'subtract-last' }
>;

export interface GraphScaling {
  /** Steps that whoever uses the model does first. */
  readonly outside: readonly PipelineStep[];
  readonly inside: readonly InsideStep[];
  readonly inputs: readonly string[];
  readonly targets: readonly string[];
}

const isOutside = (step: string): boolean => step === 'fill' || step === 'one-hot';

/** Null where the graph cannot hold the scaling: the model then works in its own units. */
export function planScaling(
  pipeline: readonly PipelineStep[],
  fitted: unknown,
  targets: readonly string[],
): GraphScaling | null {
  const { steps, inputs } = FittedSchema.parse(fitted);
  const first = steps.findIndex(({ step }) => !isOutside(step));
  const split = first < 0 ? steps.length : first;
  const inside: InsideStep[] = [];
  for (const step of steps.slice(split)) {
    if ('scalings' in step || 'channels' in step) inside.push(step);
    else return null;
  }
  const fits = inside.every((step) =>
    'scalings' in step
      ? new Set(step.scalings.map(({ channel }) => channel)).size === step.scalings.length
      : targets.every((target) => !step.channels.includes(target) || inputs.includes(target)),
  );
  return fits ? { outside: pipeline.slice(0, split), inside, inputs, targets } : null;
}

type Columns = Parameters<typeof affineColumns>[1];

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
      const columns: Columns = { offset, scale: scale.map((value) => 1 / value), shift: offset.map(() => 0) };
      x = affineColumns(x, columns);
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
    y = affineColumns(y, { offset: offset.map(() => 0), scale, shift: offset });
  }
  return y;
}
