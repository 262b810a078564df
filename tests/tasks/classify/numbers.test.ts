// Recordings and series of numbers are classified, with the baselines that suit them.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { GivenPart } from '../../../engine/contract/datasets/samples.ts';
import { ClassifyFrame } from '../../../engine/contract/tasks/classify-frame.ts';
import { createNumbers } from '../../../engine/data/generated/random.ts';
import type { SampleTable, SampleValues } from '../../../engine/data/samples/sample-table.ts';
import { completeExperiment } from '../../../engine/defaults/experiment.ts';
import { fitLogisticRegression } from '../../../engine/evaluation/classes/baselines/logistic-regression.ts';
import { nearestDtw, nearestEuclid } from '../../../engine/evaluation/classes/baselines/nearest-neighbour.ts';
import { predict } from '../../../engine/hosts/trainer/predict.ts';
import { parseExperiment } from '../../../engine/services/runs/start.ts';
import { sourceOf, trainOn } from './made-samples.ts';

const { integer } = createNumbers(3);
/** About -1 to 1. */
const noise = (): number => (integer(2_001) - 1_000) / 1_000;

function tableOf(input: SampleValues, labels: readonly string[]): SampleTable {
  const categories = [...new Set(labels)].toSorted();
  const codes = Float64Array.from(labels, (label) => categories.indexOf(label));
  return {
    rows: labels.length,
    names: labels.map((_, row) => `item ${row}`),
    groups: labels.map(() => ''),
    parts: labels.map(() => ''),
    hashes: labels.map((_, row) => createHash('sha256').update(String(row)).digest('hex')),
    columns: [input, { name: 'label', kind: 'category', codes, categories }],
  };
}

/** A tone of its class, of any length, in noise; every fourth one at twice the rate. */
function tones(rows: number): SampleTable {
  const labels = Array.from({ length: rows }, (_, row) => (row % 2 ? 'high' : 'low'));
  const clips = labels.map((label, row) => {
    const rate = row % 4 === 3 ? 16_000 : 8_000;
    const hertz = label === 'high' ? 900 : 300;
    const length = Math.round(rate * (0.12 + integer(10) / 100));
    const wave = Int16Array.from({ length }, (_, at) =>
      Math.round(6_000 * Math.sin((2 * Math.PI * hertz * at) / rate) + 500 * noise()),
    );
    return { rate, wave };
  });
  return tableOf({ name: 'audio', kind: 'audio', clips }, labels);
}

const CONFIGURATION = {
  name: 'tones',
  dataset: { name: 'tones' },
  task: {
    kind: 'classify',
    input: 'audio',
    label: 'label',
    sound: { bands: 12, hopMs: 20, subtractMean: false },
  },
  split: { kind: 'samples' },
  pipeline: [],
  model: { kind: 'gru', units: 8 },
  training: { epochs: 5, batchSize: 8, optimizer: { kind: 'adam', learningRate: 0.02 } },
};

test('recordings of mixed rates and lengths are told apart, and new ones are answered', async () => {
  const table = tones(60);
  const messages = await trainOn(table, CONFIGURATION);
  const ended = messages.find((message) => message.type === 'ended') ?? expect.unreachable();
  const prepared = messages.find((message) => message.type === 'prepared') ?? expect.unreachable();
  expect(prepared.notes.join(' ')).toContain('recordings of other rates were brought to 8000 Hz');
  const accuracy = (subject: string) =>
    ended.scores.find(
      (score) => score.part === 'test' && score.metric === 'accuracy' && score.subject === subject,
    )?.value;
  expect(accuracy('model')).toBe(1);
  expect(accuracy('spectrum-regression')).toBe(1);
  const audio = table.columns[0] as Extract<SampleValues, { kind: 'audio' }>;
  const answer = ClassifyFrame.decode(
    await predict(
      {
        workspacePath: '',
        datasetVersionId: 1,
        experiment: parseExperiment(CONFIGURATION),
        model: { fitted: prepared.fitted, weights: ended.best!.weights },
        threads: 1,
        part: 'future',
        samples: {
          ...table,
          rows: 2,
          names: ['a', 'b'],
          groups: ['', ''],
          columns: [{ ...audio, clips: audio.clips.slice(0, 2) }],
        },
      },
      sourceOf(table),
    ),
  );
  expect([...answer.columns.probability[0]!].map((p) => p > 0.5)).toEqual([false, true]);
});

test('defaults read a recording whole, and subtract means where speakers are new', () => {
  const info = {
    form: 'x',
    input: 'audio',
    label: 'label',
    group: 'speaker',
    groups: 6,
    parts: [],
    classes: [],
    duplicates: 0,
    columns: [
      { name: 'audio', kind: 'audio' as const, missing: 0, min: 0.2, mean: 1, max: 2.5, categories: null },
    ],
  };
  const facts = { rows: 10, series: 0, frequency: null, startUs: null, endUs: null, samples: info };
  const of = (changes: object) =>
    completeExperiment(
      { name: 'x', dataset: { name: 'd' }, task: { kind: 'classify' }, model: { kind: 'gru' }, ...changes },
      facts,
    );
  expect(of({})).toMatchObject({
    task: { mostSteps: 251, sound: { subtractMean: true } },
    split: { by: 'group' },
  });
  expect(of({ split: { kind: 'samples', by: 'given' } })).toMatchObject({
    task: { sound: { subtractMean: false } },
  });
});

/** Two narrow peaks at any time, the first of them up or down by class. */
function bumps(rows: number) {
  const labels = Array.from({ length: rows }, (_, row) => row % 2);
  const sequences = labels.map((label) => {
    const from = 10 + integer(5);
    const sign = label === 1 ? 1 : -1;
    const peak = (at: number) => (at === from ? sign : at === from + 12 ? -sign : 0);
    return { channels: 1, values: Float32Array.from({ length: 48 }, (_, at) => peak(at) + noise() / 20) };
  });
  return {
    labels: Int32Array.from(labels),
    columns: [{ name: 'series', kind: 'sequence' as const, sequences }],
  };
}

test('the nearest series by warping sees through a shift that the Euclidean one does not', () => {
  const { labels, columns } = bumps(90);
  const rows = [...labels.keys()];
  const input = { columns, labels, classes: 2, train: rows.slice(0, 6), validation: rows.slice(24, 40) };
  const accuracy = (baseline: typeof nearestDtw) => {
    const work = baseline.learn(input);
    let step = work.next();
    while (!step.done) step = work.next();
    const answer = step.value ?? expect.unreachable();
    const right = rows.slice(40).filter((row) => {
      const p = answer(row);
      expect(p[0]! + p[1]!).toBeCloseTo(1, 12);
      return (p[1]! > p[0]! ? 1 : 0) === labels[row];
    });
    return right.length / 50;
  };
  expect(accuracy(nearestDtw)).toBeGreaterThan(0.95);
  expect(accuracy(nearestEuclid)).toBeLessThan(accuracy(nearestDtw));
});

test('of vectors, which have no order in time, one distance is enough', () => {
  const rows = [...Array(20).keys()];
  const sequences = rows.map((row) => ({ channels: 2, values: Float32Array.of(row % 2, row / 20) }));
  const labels = Int32Array.from(rows, (row) => row % 2);
  const columns = [{ name: 'values', kind: 'sequence' as const, sequences }];
  const input = { columns, labels, classes: 2, train: rows.slice(0, 10), validation: rows.slice(10, 15) };
  const last = (work: ReturnType<typeof nearestDtw.learn>) => {
    let step = work.next();
    while (!step.done) step = work.next();
    return step.value;
  };
  expect(last(nearestDtw.learn(input))).toBeNull();
  expect(last(nearestEuclid.learn(input))?.(16)).toBeDefined();
});

test('dense without layers on vectors is logistic regression', async () => {
  const rows = 400;
  const values = Array.from({ length: rows }, () => Float32Array.of(noise(), 3 * noise() + 1, noise() / 10));
  const labels = values.map(([a, b, c]) => (a! + b! / 3 + 8 * c! + noise() > 0.4 ? 'yes' : 'no'));
  const sequences = values.map((one) => ({ channels: 3, values: one }));
  // All samples train but a few, so that both methods minimise the same sum.
  const parts = values.map((_, row) => (row < 4 ? 'test' : row < 8 ? 'validation' : 'train') as GivenPart);
  const table = { ...tableOf({ name: 'numbers', kind: 'sequence', sequences }, labels), parts };
  const configuration = {
    name: 'event',
    dataset: { name: 'event' },
    task: { kind: 'classify', input: 'numbers', label: 'label', readout: 'flatten' },
    split: { kind: 'samples', by: 'given' },
    pipeline: [],
    model: { kind: 'dense', units: 4, layers: 0 },
    training: {
      epochs: 250,
      batchSize: rows,
      earlyStopping: null,
      clipNorm: null,
      optimizer: { kind: 'adam', learningRate: 0.2 },
      schedule: { kind: 'cosine' },
    },
  };
  const messages = await trainOn(table, configuration);
  const ended = messages.find((message) => message.type === 'ended') ?? expect.unreachable();
  const { fitted } = messages.find((message) => message.type === 'prepared') ?? expect.unreachable();
  const frame = ClassifyFrame.decode(
    await predict(
      {
        workspacePath: '',
        datasetVersionId: 1,
        experiment: parseExperiment(configuration),
        model: { fitted, weights: ended.last!.weights },
        threads: 1,
        part: 'future',
        samples: table,
      },
      sourceOf(table),
    ),
  );
  const train = Array.from({ length: rows - 8 }, (_, index) => index + 8);
  const truth = Int32Array.from(train, (row) => (labels[row] === 'yes' ? 1 : 0));
  const lossOf = (p: (index: number) => number) =>
    truth.reduce((sum, label, index) => sum - Math.log(label === 1 ? p(index) : 1 - p(index)), 0) /
    train.length;
  // Equal to scikit-learn's: tests/evaluation/classes.
  const columns = Int32Array.of(0, 1, 2);
  const rowsOf = train.map((row) => ({ columns, values: Float64Array.from(values[row]!) }));
  const regression = fitLogisticRegression(
    { table: { columns: 3, rows: rowsOf }, labels: truth, classes: 2 },
    1e9,
  );
  const [ours, theirs] = [
    lossOf((index) => frame.columns.probability[1]![index + 8]!),
    lossOf((index) => regression(rowsOf[index]!)[1]!),
  ];
  expect(Math.abs(ours - theirs)).toBeLessThan(1e-3);
  expect(theirs).toBeLessThan(0.5);
});
