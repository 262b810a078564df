// What a probe records of a model: as finely as fits into the bytes that a run may take.
import type { Model } from '../../contract/experiment.ts';
import type { ProbeLayout } from '../../contract/inside/probe.ts';
import { type ParameterSpec, sizeOf } from '../../models/parameters.ts';
import { type Anatomy, anatomyOf, type SitePlan, type WindowSize } from '../anatomy.ts';
import { CELLS } from '../cells/registry.ts';
import { spans } from '../reduce.ts';
import { MOST_BINS } from './log-classes.ts';
import { snapshotBytes } from './sections.ts';

/** Of a run. */
export const MOST_BYTES = 4 * 2 ** 20;
const MOST_WINDOWS = 32;
const MOST_SNAPSHOTS = 256;
const MOST_LAGS = 128;
/** Training windows between two snapshots for each window of the probe: about half a per cent of the work. */
const WINDOWS_FOR_ONE = 200;
/** Weights of attention of all layers that are looked at at once. */
const MOST_WEIGHTS = 2 ** 22;
/** Rounds of halving lags and bins. */
const ROUNDS = 4;

export interface ProbedTraining {
  readonly model: Model;
  readonly specs: readonly ParameterSpec[];
  readonly size: WindowSize;
  readonly epochs: number;
  readonly batchSize: number;
  readonly trainExamples: number;
  /** Complete validation windows, at most that many. */
  windows(most: number): number;
}

/** Depends on nothing but the training, so that it is the same when a run resumes. */
export function planProbe(training: ProbedTraining): ProbeLayout {
  const { model, size, epochs, batchSize, trainExamples } = training;
  const anatomy = anatomyOf(model, size);
  let every = Math.ceil(epochs / MOST_SNAPSHOTS);
  const affordable = Math.max(1, Math.floor((trainExamples * every) / WINDOWS_FOR_ONE));
  // Gates beside what the backward pass needs: half a batch takes no more memory than a step of training.
  const windows = training.windows(Math.min(MOST_WINDOWS, Math.ceil(batchSize / 2), affordable));
  const layoutAt = (round: number) => layoutOf(training, anatomy, { every, windows, share: 2 ** round });
  for (;;) {
    const snapshots = Math.floor(epochs / every) + 1;
    for (let round = 0; round < ROUNDS; round++) {
      const layout = layoutAt(round);
      if (snapshotBytes(layout) * snapshots <= MOST_BYTES || (round === ROUNDS - 1 && snapshots <= 2))
        return layout;
    }
    // A model of very many parameters or heads: fewer snapshots.
    every *= 2;
  }
}

interface Fineness {
  readonly every: number;
  readonly windows: number;
  /** 1: as fine as can be; 2: half as fine. */
  readonly share: number;
}

function layoutOf(
  { specs, size }: ProbedTraining,
  anatomy: Anatomy,
  { every, windows, share }: Fineness,
): ProbeLayout {
  const lags = (count: number) => spans(count, MOST_LAGS / share);
  const attentionWindows = Math.min(windows, windowsOfAttention(anatomy, size));
  return {
    version: 1,
    every,
    windows,
    attentionWindows,
    bins: MOST_BINS / share,
    places: anatomy.sites.map((site) => placeOf(site, lags)),
    attention:
      attentionWindows === 0
        ? []
        : anatomy.attention.map(({ layer, heads, keys, isAlignment }) => {
            return { layer, heads, lags: lags(keys), isAlignment };
          }),
    parameters: specs.map(({ name, shape }) => ({ name, size: sizeOf(shape) })),
  };
}

function placeOf(
  { place, cell, path, steps, truncated }: SitePlan,
  lags: (count: number) => ReturnType<typeof spans>,
): ProbeLayout['places'][number] {
  const { hasCell, gates, blocks } = CELLS[cell];
  return {
    place,
    path,
    steps,
    absent: truncated,
    lags: lags(steps - truncated),
    hasCell,
    gates: gates.map(({ name }) => name),
    candidates: gates.filter(({ isGate }) => !isGate).map(({ name }) => name),
    blocks: blocks.map(({ name }) => name),
  };
}

/** None where the weights of one window alone are too many. */
function windowsOfAttention({ attention, isByColumn }: Anatomy, { inputs }: WindowSize): number {
  const perRow = attention.reduce((sum, { heads, queries, keys }) => sum + heads * queries * keys, 0);
  if (perRow === 0) return 0;
  return Math.floor(MOST_WEIGHTS / (perRow * (isByColumn ? inputs : 1)));
}
