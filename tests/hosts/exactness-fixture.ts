// Runs that are interrupted at random moments and must end exactly like uninterrupted ones.
import type { MetricsFrame } from '../../engine/contract/datasets/frames.ts';
import type { RunId } from '../../engine/contract/values/ids.ts';
import type { Workspace } from '../../engine/store/workspace.ts';

/** Small, but with everything that a checkpoint has to hold: shuffling, early stopping, several checkpoints an epoch. */
export const interruptedExperiment = {
  name: 'interrupted',
  dataset: { name: 'waves' },
  task: { kind: 'forecast', targets: ['level'], lookback: 8, horizon: 2 },
  split: { kind: 'fraction', train: 0.6, validation: 0.2 },
  model: { kind: 'lstm', units: 6 },
  training: {
    epochs: 120,
    batchSize: 4,
    checkpointEverySteps: 3,
    earlyStopping: { patience: 30 },
    optimizer: { kind: 'adam', learningRate: 0.01 },
  },
  seed: 7,
};

/** All that an interrupted run has to share with an uninterrupted one, bit for bit. */
export function trace(workspace: Workspace, run: RunId) {
  const detail = workspace.runs.detail(run);
  return {
    state: detail.state,
    weightsHash: detail.weightsHash,
    bestEpoch: detail.bestEpoch,
    scores: detail.scores,
    steps: bitsOf(workspace.metrics.read(run, 'step')),
    epochs: bitsOf(workspace.metrics.read(run, 'epoch')),
    probes: snapshotsOf(workspace, run),
  };
}

const snapshotsOf = (workspace: Workspace, run: RunId) =>
  workspace.probes
    .read(run)
    ?.snapshots.map(({ epoch, step, data }) => [epoch, step, Buffer.from(data).toString('hex')]);

function bitsOf({ header, columns }: MetricsFrame): Record<string, string> {
  const bits = ({ buffer, byteOffset, byteLength }: Int32Array | Float64Array) =>
    Buffer.from(buffer, byteOffset, byteLength).toString('hex');
  const values = header.names.map((name, index) => [name, bits(columns.values[index]!)]);
  return { index: bits(columns.index), ...Object.fromEntries(values) };
}

/** A generator with a seed that a failing test prints, so that its moments can be had again. */
export function createMoments(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return (state / 2 ** 32) * below;
  };
}
