// A probe of a training: it changes nothing, is the same however often a run is stopped, and records what the views compute.
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { selectBackend } from '../../engine/backends/select.ts';
import type { SimdBackend } from '../../engine/backends/simd/index.ts';
import { ModelSchema } from '../../engine/contract/experiment/model.ts';
import { TrainingSchema } from '../../engine/contract/experiment/training.ts';
import { classesOf, countByClass } from '../../engine/inside/probe/log-classes.ts';
import { planProbe } from '../../engine/inside/probe/plan.ts';
import { countLooks, isLook, strideFor } from '../../engine/inside/probe/schedule.ts';
import { readSection, sectionOf, sectionsOf, snapshotBytes } from '../../engine/inside/probe/sections.ts';
import { createTrainingProbe } from '../../engine/inside/probe/training-probe.ts';
import { extremesOf, spectrumOf } from '../../engine/inside/spectrum.ts';
import type { TrainingEvent } from '../../engine/training/events.ts';
import { Numbers } from '../ops/numbers.ts';
import { bitsOf, noisySine, type Recorded, record, toyTraining } from '../training/toy.ts';

beforeAll(async () => {
  await selectBackend('simd', { allowFallback: false, threads: 1 });
});

const DROPOUT = { dropout: 0.3 };
const MODELS: Readonly<Record<string, object>> = {
  rnn: { kind: 'rnn', units: 3, ...DROPOUT },
  'gru, truncated': { kind: 'gru', units: 3, layers: 2, truncateSteps: 3, ...DROPOUT },
  'lstm, both directions': { kind: 'lstm', units: 3, layers: 2, bidirectional: true, ...DROPOUT },
  'lstm, segments, channels': {
    kind: 'lstm',
    units: 3,
    segment: { length: 2, stride: 1 },
    channelIndependent: true,
  },
  attention: { kind: 'attention', units: 4, heads: 2, causal: true, ...DROPOUT },
  'encoder and decoder': { kind: 'encoder-decoder', cell: 'gru', units: 3, ...DROPOUT },
};

function toyOf(model: object, training: object = {}) {
  const toy = toyTraining({
    values: noisySine(70, 10, 0.3),
    missing: new Set([45, 46]),
    lookback: 6,
    horizon: 2,
    model,
    training: { epochs: 3, batchSize: 8, checkpointEverySteps: 2, earlyStopping: null, ...training },
  });
  const probe = () =>
    createTrainingProbe({ model: ModelSchema.parse(model), training: toy.training }, toy.task);
  return { toy, probe };
}

const hex = (probes: Recorded['probes']) =>
  probes.map(({ epoch, step, data }) => [epoch, step, Buffer.from(data).toString('hex')]);

/** Without what differs by design. */
const traceOf = ({ steps, epochs, checkpoints, ended }: Recorded) => ({
  steps,
  epochs,
  checkpoints: checkpoints.map(({ data }) => Buffer.from(data).toString('hex')),
  last: bitsOf(ended.last.weights),
  best: bitsOf(ended.best?.weights),
});

describe.each(Object.entries(MODELS))('%s', (_name, model) => {
  test('rows, checkpoints and weights are the same with a probe and without, and no tensor is left', async () => {
    const { toy, probe } = toyOf(model);
    const without = await record(toy);
    const tensors = tf.memory().numTensors;
    const watched = await record(toy, { probe: probe() });
    expect(tf.memory().numTensors).toBe(tensors);
    expect(traceOf(watched)).toEqual(traceOf(without));
    const perEpoch = without.steps.length / 3;
    expect(watched.probes.map(({ epoch, step }) => [epoch, step])).toEqual(
      [0, 1, 3].map((epoch) => [epoch, epoch * perEpoch]),
    );
    expect(without.probes).toEqual([]);
  });

  test('a run that was stopped at any step ends with the same snapshots', async () => {
    const { toy, probe } = toyOf(model, { epochs: 2 });
    const straight = await record(toy, { probe: probe() });
    for (let stopAt = 0; stopAt <= straight.steps.length; stopAt++) {
      const first = await record(toy, { probe: probe(), stopAt });
      const checkpoint = first.checkpoints.at(-1)!;
      const rest = await record(toy, { probe: probe(), checkpoint: checkpoint.data });
      // As the store does: what came after the checkpoint goes, and what comes again replaces.
      const kept = first.probes.filter(({ step }) => step <= checkpoint.step);
      const all = new Map([...kept, ...rest.probes].map((event) => [event.epoch, event]));
      expect(hex([...all.values()])).toEqual(hex(straight.probes));
    }
  });
});

test('looks that are not due at every epoch come again at the same ones after a stop', async () => {
  const { toy, probe } = toyOf(MODELS.rnn!, { epochs: 7, checkpointEverySteps: 3 });
  const straight = await record(toy, { probe: probe() });
  expect(straight.probes.map(({ epoch }) => epoch)).toEqual([0, 1, 7]);
  const perEpoch = straight.steps.length / 7;
  for (const stopAt of [1, 2 * perEpoch, 3 * perEpoch + 1, 5 * perEpoch]) {
    const first = await record(toy, { probe: probe(), stopAt });
    const checkpoint = first.checkpoints.at(-1)!;
    const rest = await record(toy, { probe: probe(), checkpoint: checkpoint.data });
    const kept = first.probes.filter(({ step }) => step <= checkpoint.step);
    const all = new Map([...kept, ...rest.probes].map((event) => [event.epoch, event]));
    expect(hex([...all.values()])).toEqual(hex(straight.probes));
  }
});

test('a process killed after any event resumes to the same snapshots', async () => {
  const { toy, probe } = toyOf(MODELS['lstm, both directions']!, { epochs: 2 });
  const straight = await record(toy, { probe: probe() });
  const events: TrainingEvent[] = [];
  await record(toy, { probe: probe(), onEvent: (event) => events.push(event) });
  for (let kept = 0; kept < events.length; kept++) {
    const before = events.slice(0, kept);
    const of = <Type extends TrainingEvent['type']>(type: Type) =>
      before.filter((event): event is Extract<TrainingEvent, { type: Type }> => event.type === type);
    const checkpoint = of('checkpoint').at(-1);
    const rest = await record(toy, { probe: probe(), checkpoint: checkpoint?.data ?? null });
    const stored = of('probe').filter(({ step }) => step <= (checkpoint?.step ?? 0));
    const all = new Map([...stored, ...rest.probes].map((event) => [event.epoch, event]));
    expect(hex([...all.values()])).toEqual(hex(straight.probes));
  }
});

test('the update is that of the last step before the snapshot', async () => {
  const { toy, probe } = toyOf({ kind: 'rnn', units: 3 }, { epochs: 1 });
  const planned = probe()!;
  const { probes, steps } = await record(toy, { probe: planned });
  const before = await record(toy, { stopAt: steps.length - 1 });
  const after = await record(toy);
  const change = (name: string) => {
    const of = ({ ended }: Recorded) => ended.last.weights.find((array) => array.name === name)!.values;
    return Math.hypot(...of(after).map((value, at) => value - of(before)[at]!));
  };
  const sections = sectionsOf(planned.layout);
  for (const { name } of planned.layout.parameters) {
    const [, , update] = readSection(probes.at(-1)!.data, sections.get(sectionOf.norms(name))!);
    expect(update).toBeCloseTo(change(name), 7);
    const [, , first] = readSection(probes[0]!.data, sections.get(sectionOf.norms(name))!);
    expect(first).toBeNaN();
  }
});

test('without complete windows the weights alone are recorded; off, nothing is', async () => {
  const model = { kind: 'lstm', units: 3 };
  const toy = toyTraining({
    values: noisySine(70, 10, 0.3),
    missing: new Set(Array.from({ length: 35 }, (_, index) => 2 * index)),
    lookback: 6,
    horizon: 2,
    model,
    training: { epochs: 1, batchSize: 8 },
  });
  const parsed = ModelSchema.parse(model);
  const planned = createTrainingProbe({ model: parsed, training: toy.training }, toy.task)!;
  expect(planned.layout.windows).toBe(0);
  const { probes } = await record(toy, { probe: planned });
  const sections = sectionsOf(planned.layout);
  const [weights, gradients] = readSection(probes[1]!.data, sections.get(sectionOf.norms('lstm/0/kernel'))!);
  expect(weights).toBeGreaterThan(0);
  expect(gradients).toBeNaN();
  const off = TrainingSchema.parse({ probe: false });
  expect(createTrainingProbe({ model: parsed, training: off }, toy.task)).toBeNull();
});

test('a probe needs no more memory than a step', async () => {
  const model = { kind: 'gru', units: 32, layers: 2 };
  const toy = toyTraining({
    values: noisySine(6_000, 24, 0.3),
    lookback: 30,
    horizon: 2,
    model,
    training: { epochs: 1, batchSize: 32 },
  });
  const { allocator } = (tf.backend() as SimdBackend).kernels;
  await record(toy, { stopAt: 2 });
  const peak = allocator.statistics().peakBytes;
  const probe = createTrainingProbe({ model: ModelSchema.parse(model), training: toy.training }, toy.task)!;
  expect(probe.layout.windows).toBe(16);
  const { probes } = await record(toy, { stopAt: 2, probe });
  expect(probes).toHaveLength(1);
  expect(allocator.statistics().peakBytes).toBe(peak);
});

test('classes are even on a logarithmic scale, and every value falls into its own', () => {
  const classes = classesOf(32);
  const values = Float32Array.of(
    0,
    5e-9,
    -5e-9,
    1.1e-8,
    -1.1e-8,
    0.02,
    -0.02,
    99,
    -99,
    1e9,
    -1e9,
    NaN,
    Infinity,
    -Infinity,
    -NaN,
  );
  for (const [at, value] of values.entries()) {
    const counts = countByClass(values.subarray(at, at + 1), 32);
    const found = counts.indexOf(1);
    if (!Number.isFinite(value)) expect(found).toBe(classes.length);
    else if (Math.abs(value) > 100) expect(found).toBe(value > 0 ? classes.length - 1 : 0);
    else expect(value).toSatisfy((one: number) => one >= classes[found]!.from && one <= classes[found]!.to);
  }
  // Close to every edge, where the table does not decide.
  for (const { to } of classes.slice(33, -1)) {
    const [below, above] = [Math.fround(to * (1 - 1e-6)), Math.fround(to * (1 + 1e-6))];
    const at = (value: number) => countByClass(Float32Array.of(value), 32).indexOf(1);
    expect(at(above) - at(below)).toBe(1);
    expect(at(-below) - at(-above)).toBe(1);
  }
});

test('radius and largest singular value by a few steps are those of all of them', () => {
  const numbers = new Numbers(5);
  for (const size of [8, 32, 64]) {
    const values = Float64Array.from(numbers.array(size * size), (value) => value / Math.sqrt(size));
    const all = spectrumOf(values, size);
    const quick = extremesOf(values, size);
    expect(Math.abs(quick.radius / all.radius - 1)).toBeLessThan(0.08);
    expect(Math.abs(quick.largest / all.singularValues[0]! - 1)).toBeLessThan(0.05);
  }
});

describe('the epochs of the looks', () => {
  const looks = (epochs: number, every: number) =>
    Array.from({ length: epochs + 1 }, (_, epoch) => epoch).filter((epoch) => isLook(epoch, epochs, every));

  test('are the first, powers of two, evenly spaced ones and the last, and are counted right', () => {
    expect(looks(40, 7)).toEqual([0, 1, 2, 4, 7, 14, 21, 28, 35, 40]);
    expect(looks(3, 1)).toEqual([0, 1, 2, 3]);
    expect(looks(7, 6)).toEqual([0, 1, 2, 4, 6, 7]);
    // Too short for regular ones, and shorter still.
    expect(looks(6, 6)).toEqual([0, 1, 4, 6]);
    expect(looks(40, 80)).toEqual([0, 1, 16, 40]);
    for (let epochs = 1; epochs < 40; epochs++) {
      for (let every = 1; every < 130; every++) {
        expect(countLooks(epochs, every)).toBe(looks(epochs, every).length);
      }
    }
  });

  test('are as close together as their number allows', () => {
    for (const most of [9, 10, 25, 41]) {
      const every = strideFor(40, 1, most);
      expect(countLooks(40, every)).toBeLessThanOrEqual(most);
      expect(every === 1 || countLooks(40, every - 1) > most).toBe(true);
    }
    expect(looks(40, strideFor(40, 1, 5))).toEqual([0, 1, 4, 16, 40]);
    // Fewer cannot be had than these.
    for (const most of [4, 3, -3]) expect(looks(40, strideFor(40, 1, most))).toEqual([0, 1, 16, 40]);
    expect(looks(1, strideFor(1, 1, -3))).toEqual([0, 1]);
  });

  test('cost a small share of the work: a short epoch has few of them, a long one each', () => {
    const everyOf = (trainExamples: number, epochs: number) =>
      planProbe({
        model: ModelSchema.parse({ kind: 'lstm', units: 64 }),
        specs: [{ name: 'lstm/0/kernel', shape: [66, 256], initialize: () => new Float32Array(66 * 256) }],
        size: { inputs: 2, lookback: 96, horizon: 24 },
        epochs,
        batchSize: 32,
        trainExamples,
        windows: (most) => most,
      }).every;
    expect(everyOf(7_000, 40)).toBe(1);
    expect(everyOf(600, 100)).toBeGreaterThan(2);
    expect(everyOf(600, 100)).toBeLessThan(8);
    expect(everyOf(600, 100)).toBeGreaterThan(everyOf(1_200, 100));
  });
});

describe('the bytes of a run', () => {
  const plan = (model: object, epochs: number, parameters: number) =>
    planProbe({
      model: ModelSchema.parse(model),
      specs: Array.from({ length: parameters }, (_, index) => ({
        name: `p${index}`,
        shape: [64, 64],
        initialize: () => new Float32Array(64 * 64),
      })),
      size: { inputs: 7, lookback: 336, horizon: 96 },
      epochs,
      batchSize: 64,
      trainExamples: 8_000,
      windows: (most) => most,
    });
  const bytes = (layout: ReturnType<typeof plan>, epochs: number) =>
    snapshotBytes(layout) * countLooks(epochs, layout.every);

  test('are below 4 MiB, and a usual model is recorded as finely as can be', () => {
    const usual = plan({ kind: 'lstm', units: 64 }, 256, 5);
    expect(usual).toMatchObject({ every: 1, windows: 32, bins: 32 });
    expect(usual.places[0]!.lags).toHaveLength(128);
    expect(bytes(usual, 256)).toBeLessThan(2 * 2 ** 20);
  });

  test.each([
    ['many epochs', { kind: 'lstm', units: 64 }, 10_000, 5],
    ['many parameters', { kind: 'lstm', units: 64, layers: 16, bidirectional: true }, 300, 98],
    ['many heads', { kind: 'attention', units: 4096, heads: 64, layers: 24 }, 1_000, 400],
    ['one epoch', { kind: 'attention', units: 64, heads: 64, layers: 24 }, 1, 400],
  ])('%s', (_name, model, epochs, parameters) => {
    const layout = plan(model, epochs, parameters);
    expect(bytes(layout, epochs)).toBeLessThanOrEqual(4 * 2 ** 20);
    expect(layout.every).toBeGreaterThanOrEqual(Math.ceil(epochs / 256));
    expect(layout.bins).toBeGreaterThanOrEqual(4);
  });
});
