// A probe of a training: gradients of the states by lag, gates, heads, recurrent weights and histograms of all parameters, on complete
// validation windows, without dropout and without a random number.
import * as tf from '@tensorflow/tfjs-core';
import type { Experiment } from '../../contract/experiment/experiment.ts';
import type { ProbeLayout } from '../../contract/inside/probe.ts';
import type { NamedArray, ParameterSet } from '../../models/parameters.ts';
import { lossAndGradients } from '../../ops/gradients.ts';
import type { TrainingProbe } from '../../training/probe.ts';
import { epochsOf } from '../../training/run-state.ts';
import type { ProbedExamples, TrainingTask } from '../../training/task.ts';
import { blockAt, extremesOf } from '../spectrum.ts';
import { recordHeads } from './heads.ts';
import { countByClass } from './log-classes.ts';
import { planProbe } from './plan.ts';
import { isLook } from './schedule.ts';
import {
  createSnapshot,
  KINDS,
  type SnapshotWriter,
  sectionOf,
  sectionsOf,
  snapshotBytes,
} from './sections.ts';
import { recordStates } from './states.ts';

export interface PlannedProbe extends TrainingProbe {
  readonly layout: ProbeLayout;
}

/** Null where the experiment asks for none, or its task has nothing to look at. */
export function createTrainingProbe(
  { model, training }: Pick<Experiment, 'model' | 'training'>,
  task: TrainingTask,
): PlannedProbe | null {
  const { probed, specs, trainExamples } = task;
  if (!training.probe || !probed) return null;
  const { batchSize } = training;
  const epochs = epochsOf(task, training);
  const layout = planProbe({
    model,
    specs,
    size: probed.size,
    epochs,
    batchSize,
    trainExamples,
    windows: (most) => probed.count(most),
  });
  const sections = sectionsOf(layout);
  const bytes = snapshotBytes(layout);
  return {
    layout,
    isDue: (epoch) => isLook(epoch, epochs, layout.every),
    look(parameters, before) {
      const snapshot = createSnapshot(sections, bytes);
      const weights = parameters.read();
      recordSpectra(layout, weights, snapshot);
      const gradients = layout.windows > 0 ? passBack({ layout, probed, parameters, snapshot }) : null;
      if (layout.attention.length > 0) recordHeads(layout, { probed, parameters, model }, snapshot);
      recordParameters(layout, { weights, gradients, updates: before && changes(before, weights) }, snapshot);
      return snapshot.data;
    },
  };
}

interface Pass {
  readonly layout: ProbeLayout;
  readonly probed: ProbedExamples;
  readonly parameters: ParameterSet;
  readonly snapshot: SnapshotWriter;
}

/** Records what the states show and returns the gradient of every parameter. */
function passBack({ layout, probed, parameters, snapshot }: Pass): Float32Array[] {
  const batch = probed.load(layout.windows);
  try {
    const found: Float32Array[] = [];
    // Not returned: tf.tidy would look for tensors among their numbers, one by one.
    tf.tidy(() => {
      const probe = recordStates(layout, snapshot);
      const loss = () => batch.loss(parameters.weight, probe);
      const { gradients } = lossAndGradients(loss, parameters.variables);
      for (const gradient of gradients) found.push((gradient.dataSync() as Float32Array).slice());
    });
    return found;
  } finally {
    batch.dispose();
  }
}

function recordSpectra(
  { places }: ProbeLayout,
  weights: readonly NamedArray[],
  snapshot: SnapshotWriter,
): void {
  for (const place of places) {
    const { values, shape } = weights.find(({ name }) => name === `${place.path}/recurrentKernel`)!;
    const units = shape[0]!;
    const found = place.blocks.map((_, index) =>
      extremesOf(blockAt(values, { units, blocks: place.blocks.length, index }), units),
    );
    snapshot.floats(
      sectionOf.spectrum(place),
      found.flatMap(({ radius, largest }) => [radius, largest]),
    );
  }
}

function changes(before: readonly NamedArray[], after: readonly NamedArray[]): Float32Array[] {
  return after.map(({ values }, index) => {
    const old = before[index]!.values;
    const change = new Float32Array(values.length);
    for (let at = 0; at < change.length; at++) change[at] = values[at]! - old[at]!;
    return change;
  });
}

interface OfParameters {
  readonly weights: readonly NamedArray[];
  /** In the order of the weights; null where there is none. */
  readonly gradients: readonly Float32Array[] | null;
  readonly updates: readonly Float32Array[] | null;
}

function recordParameters(
  { parameters, bins }: ProbeLayout,
  seen: OfParameters,
  snapshot: SnapshotWriter,
): void {
  const values = {
    weights: seen.weights.map((array) => array.values),
    gradients: seen.gradients,
    updates: seen.updates,
  };
  for (const [index, { name, size }] of parameters.entries()) {
    const of = KINDS.map((kind) => values[kind]?.[index]);
    snapshot.floats(
      sectionOf.norms(name),
      of.map((one) => (one ? normOf(one) : Number.NaN)),
    );
    KINDS.forEach((kind, at) => {
      const one = of[at];
      if (one) snapshot.shares(sectionOf.histogram(kind, name), countByClass(one, bins), size);
    });
  }
}

function normOf(values: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at]! * values[at]!;
  return Math.sqrt(sum);
}
