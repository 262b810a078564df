// What a probe records of a model, and after which epochs: as finely as fits into the bytes that a run may take, as often as fits into a
// small share of its work.
import type { Model } from '../../contract/experiment/model.ts';
import type { ProbeLayout } from '../../contract/inside/probe.ts';
import { countParameters, type ParameterSpec, sizeOf } from '../../models/parameters.ts';
import { type Anatomy, anatomyOf, type SitePlan, type WindowSize } from '../anatomy.ts';
import { CELLS } from '../cells/registry.ts';
import { spans } from '../reduce.ts';
import { MOST_BINS } from './log-classes.ts';
import { countLooks, fewestLooks, MOST_SHARE, strideFor } from './schedule.ts';
import { snapshotBytes } from './sections.ts';
import { MOST_GATE_VALUES } from './states.ts';
import { FIRST_LOOK, WARM_UP_LOOKS, workOfLook, workOfStep } from './work.ts';

/** Of a run. */
export const MOST_BYTES = 4 * 2 ** 20;
const MOST_WINDOWS = 32;
const MOST_SNAPSHOTS = 256;
const MOST_LAGS = 128;
/** Training windows of an epoch for each window of the probe: about half a per cent of the work. */
const WINDOWS_FOR_ONE = 200;
/** Fewer windows hardly take less time. */
const LEAST_WINDOWS = 4;
/** Weights of attention of all layers that are looked at at once; one window may have more. */
const MOST_WEIGHTS = 2 ** 19;
const MOST_WEIGHTS_OF_A_WINDOW = 2 ** 22;
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
  const affordable = Math.max(LEAST_WINDOWS, Math.floor(trainExamples / WINDOWS_FOR_ONE));
  // Gates beside what the backward pass needs: half a batch takes no more memory than a step of training.
  const windows = training.windows(Math.min(MOST_WINDOWS, Math.ceil(batchSize / 2), affordable));
  const most = looksFor(training, anatomy, windows);
  let every = strideFor(epochs, Math.ceil(epochs / MOST_SNAPSHOTS), most);
  const layoutAt = (round: number) => layoutOf(training, anatomy, { every, windows, share: 2 ** round });
  for (;;) {
    const snapshots = countLooks(epochs, every);
    for (let round = 0; round < ROUNDS; round++) {
      const layout = layoutAt(round);
      if (snapshotBytes(layout) * snapshots <= MOST_BYTES) return layout;
      if (round === ROUNDS - 1 && every >= fewestLooks(epochs)) return layout;
    }
    // A model of very many parameters or heads: fewer snapshots.
    every *= 2;
  }
}

/** Looks that the training's work pays for. */
function looksFor(
  { model, specs, size, epochs, batchSize, trainExamples }: ProbedTraining,
  { sites, attention, isByColumn }: Anatomy,
  windows: number,
): number {
  const rows = isByColumn ? size.inputs : 1;
  const steps = Math.max(1, ...sites.map((site) => site.steps), ...attention.map(({ queries }) => queries));
  const sizes = {
    layers: Math.max(1, sites.length + attention.length),
    parameterCount: countParameters(specs),
    batchSize,
    stepsPerExample: steps * rows,
    attendedNumbers:
      rows * attention.reduce((sum, { queries, keys }) => sum + queries * keys * widthOf(model), 0),
  };
  const gateValues = sites.map((site) =>
    Math.min(MOST_GATE_VALUES, windows * rows * site.steps * site.units * CELLS[site.cell].gates.length),
  );
  const perWindow = weightsOfWindow({ attention, isByColumn }, size);
  const look = workOfLook({
    ...sizes,
    windows,
    gateValues: gateValues.reduce((sum, count) => sum + count, 0),
    attentionWeights: perWindow * Math.min(windows, windowsOfAttention(perWindow)),
    recurrentWeights: sites.reduce((sum, { units, cell }) => sum + units ** 2 * CELLS[cell].blocks.length, 0),
  });
  const epoch = Math.ceil(trainExamples / batchSize) * workOfStep(sizes);
  return Math.floor((MOST_SHARE * epochs * epoch - FIRST_LOOK) / look) - WARM_UP_LOOKS;
}

const widthOf = (model: Model): number => ('units' in model ? model.units : 0);

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
  const attentionWindows = Math.min(windows, windowsOfAttention(weightsOfWindow(anatomy, size)));
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

function weightsOfWindow(
  { attention, isByColumn }: Pick<Anatomy, 'attention' | 'isByColumn'>,
  { inputs }: WindowSize,
): number {
  const perRow = attention.reduce((sum, { heads, queries, keys }) => sum + heads * queries * keys, 0);
  return perRow * (isByColumn ? inputs : 1);
}

/** None where the weights of one window alone are too many. */
function windowsOfAttention(weights: number): number {
  if (weights === 0 || weights > MOST_WEIGHTS_OF_A_WINDOW) return 0;
  return Math.max(1, Math.floor(MOST_WEIGHTS / weights));
}
