// The part of a snapshot that a pass shows of its heads: where they look, by lag, and how evenly. One window is enough for a start; more
// are averaged.
import * as tf from '@tensorflow/tfjs-core';
import type { Model } from '../../contract/experiment/model.ts';
import type { AttentionLayer } from '../../contract/inside/description.ts';
import type { ProbeLayout } from '../../contract/inside/probe.ts';
import type { ParameterSet } from '../../models/parameters.ts';
import type { ProbedExamples } from '../../training/task.ts';
import { anatomyOf } from '../anatomy.ts';
import { lagProfile, relativeEntropy } from '../heads.ts';
import { bySpan, type SnapshotWriter, sectionOf } from './sections.ts';

interface Looked {
  readonly probed: ProbedExamples;
  readonly parameters: ParameterSet;
  readonly model: Model;
}

export function recordHeads(
  layout: ProbeLayout,
  { probed, parameters, model }: Looked,
  snapshot: SnapshotWriter,
): void {
  const { attention } = anatomyOf(model, probed.size);
  const batch = probed.load(layout.attentionWindows);
  try {
    tf.tidy(() => {
      batch.loss(parameters.weight, {
        onAttention: (layer, weights) =>
          recordLayer(layout.attention[layer]!, { plan: attention[layer]!, weights }, snapshot),
      });
    });
  } finally {
    batch.dispose();
  }
}

function recordLayer(
  layer: ProbeLayout['attention'][number],
  { plan, weights }: { readonly plan: AttentionLayer; readonly weights: tf.Tensor4D },
  snapshot: SnapshotWriter,
): void {
  const [rows, heads] = weights.shape;
  const values = weights.dataSync() as Float32Array;
  const size = plan.queries * plan.keys;
  const entropy = new Float64Array(heads);
  for (let head = 0; head < heads; head++) {
    const profile = new Float64Array(plan.keys);
    for (let row = 0; row < rows; row++) {
      const first = (row * heads + head) * size;
      const one = values.subarray(first, first + size);
      for (const [lag, weight] of lagProfile(one, plan).entries()) profile[lag]! += weight / rows;
      entropy[head]! += relativeEntropy(one, plan) / rows;
    }
    snapshot.shares(sectionOf.profile(layer, head), bySpan(profile, layer.lags, false), 1);
  }
  snapshot.floats(sectionOf.entropy(layer), entropy);
}
