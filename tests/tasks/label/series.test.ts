// States of a machine from its sensors: a label for each row of a series, in order of time; new rows get labels too.
import { expect, test } from 'vitest';
import { selectBackend } from '../../../engine/backends/select.ts';
import type { LabelExperiment } from '../../../engine/contract/tasks/label-experiment.ts';
import { createNumbers } from '../../../engine/data/generated/random.ts';
import type { Series } from '../../../engine/data/series.ts';
import { completeExperiment } from '../../../engine/defaults/experiment.ts';
import type { OutboxMessage } from '../../../engine/hosts/trainer/outbox.ts';
import { runTrainJob } from '../../../engine/hosts/trainer/train-job.ts';
import { parseExperiment } from '../../../engine/services/runs/start.ts';
import { labelTexts } from '../../../engine/tasks/label/label-texts.ts';
import { prepareTask } from '../../../engine/tasks/task-of.ts';
import { ABOUT } from '../../export/exported-program.ts';
import { withLabeller } from './exported-labeller.ts';

const ROWS = 1_200;
const STATES = ['cooling down', 'off', 'running', 'starting'];
const OF_PHASE = [1, 3, 2, 0] as const;

/** The machine warms up for five rows and cools down for five: one temperature alone says neither which. */
function machine(rows: number): Series {
  const { integer } = createNumbers(3);
  const phases: number[] = [];
  const heat: number[] = [];
  for (let row = 0; row < rows; row++) {
    const at = row % 30;
    const phase = at < 10 ? 0 : at < 15 ? 1 : at < 25 ? 2 : 3;
    phases.push(phase);
    heat.push([0, (at - 9) * 10, 60, (30 - at) * 10][phase]! + integer(5));
  }
  const state = phases.map((phase, row) => (row === 7 ? Number.NaN : OF_PHASE[phase]!));
  return {
    name: 'machine',
    times: BigInt64Array.from({ length: rows }, (_, row) => BigInt(row) * 60_000_000n),
    columns: [
      {
        name: 'temperature',
        kind: 'numeric',
        values: Float64Array.from(heat, (value, row) => (row === 11 ? Number.NaN : value)),
        categories: [],
      },
      {
        name: 'humidity',
        kind: 'numeric',
        values: Float64Array.from(heat, () => 40 + integer(5)),
        categories: [],
      },
      { name: 'state', kind: 'category', values: Float64Array.from(state), categories: STATES },
    ],
  };
}

const SERIES = machine(ROWS);
const FACTS = {
  rows: ROWS,
  series: 1,
  frequency: '1 minute',
  startUs: 0,
  endUs: 1,
  columns: SERIES.columns.map(({ name, kind }) => ({ name, kind })),
};
const CONFIGURATION = {
  name: 'machine',
  dataset: { name: 'machine' },
  task: { kind: 'label', window: { lookback: 48 } },
  model: { kind: 'gru', units: 12 },
  training: { epochs: 10, batchSize: 4, optimizer: { kind: 'adam', learningRate: 0.02 }, probe: false },
};
const EXPERIMENT = parseExperiment(completeExperiment(CONFIGURATION, FACTS)) as LabelExperiment;
const source = (series: Series) => ({ kind: 'series', name: 'machine', series: [series] }) as const;

test('the data decide target and columns; stretches lie in one part, and a missing word is neither learned nor scored', () => {
  const { task } = EXPERIMENT;
  expect(task).toMatchObject({
    target: 'state',
    tokens: { by: 'numbers' },
    window: { columns: ['temperature', 'humidity'], lookback: 48 },
    mostSteps: 48,
  });
  const { parts, fitted } = prepareTask(EXPERIMENT, source(SERIES));
  expect(parts.map(({ windows }) => windows)).toEqual([18, 4, 4]);
  // Of how many rows of the series, and of which times.
  expect(parts.map(({ rows, fromUs, toUs }) => [rows, fromUs, toUs])).toEqual(
    [
      [840, 0, 839],
      [180, 840, 1019],
      [180, 1020, 1199],
    ].map(([rows, first, last]) => [rows, first! * 60_000_000, last! * 60_000_000]),
  );
  expect(fitted).toMatchObject({ classes: ['cooling_down', 'off', 'running', 'starting'], tokens: [] });
  // Another future changes nothing that is learned.
  const other = structuredClone(SERIES);
  other.columns[0]!.values.fill(1e6, Math.floor(0.7 * ROWS));
  expect(prepareTask(EXPERIMENT, source(other)).fitted).toEqual(fitted);
  const refused = (window: object, target = 'state') =>
    prepareTask(
      { ...EXPERIMENT, task: { ...task, target, window: { ...task.window!, ...window } } } as LabelExperiment,
      source(SERIES),
    );
  expect(() => refused({ columns: ['state'] })).toThrow('choose a column of numbers');
  expect(() => refused({}, 'humidity')).toThrow('choose a column of words that repeat');
  expect(() => refused({ columns: ['speed'] })).toThrow('The data have no column "speed"');
});

test('states are told by the rows around them, which no row tells alone; new rows get labels, and the model is exported', async () => {
  const messages: OutboxMessage[] = [];
  await runTrainJob({
    job: {
      type: 'train',
      workspacePath: '',
      datasetVersionId: 1,
      experiment: EXPERIMENT,
      checkpoint: null,
      hold: null,
      threads: { now: 1, most: 1, fixed: true },
    },
    outbox: { send: async (message) => void messages.push(message), stored: () => {} },
    openSource: async () => ({
      datasetName: 'machine',
      read: async () => [SERIES],
      readSamples: () => expect.unreachable(),
      close: () => {},
    }),
    now: () => 0,
    stopRequests: () => 0,
    threadsNow: () => 1,
  });
  const { scores, best } = messages.find((message) => message.type === 'ended') ?? expect.unreachable();
  const accuracy = (subject: string) =>
    scores.find((one) => one.part === 'test' && one.subject === subject && one.metric === 'accuracy')!.value;
  expect(accuracy('model')).toBeGreaterThan(0.95);
  expect(accuracy('token-table')).toBeLessThan(0.9);
  // The rows beside tell rising from falling.
  expect(accuracy('row-regression')).toBeGreaterThan(accuracy('token-table') + 0.02);
  const { fitted } = messages.find((message) => message.type === 'prepared') ?? expect.unreachable();
  const model = { fitted, weights: best!.weights };
  await selectBackend('simd', { allowFallback: false, threads: 1 });
  const rising = '1,42 2,41 0,40 11,42 21,? 32,40 41,41 52,40 61,42 60,41 60,40 61,43';
  const { classes, texts } = labelTexts(EXPERIMENT, model, [rising]);
  const said = texts[0]!.tokens.map((token) => classes[token.said]);
  expect(said.slice(4, 7)).toEqual(['starting', 'starting', 'starting']);
  expect(() => labelTexts(EXPERIMENT, model, ['1,2 3'])).toThrow(
    'Step 2 is "3", but each step needs 2 numbers',
  );
  expect(() => labelTexts(EXPERIMENT, model, ['1,warm'])).toThrow('Step 1 is "1,warm"');
  expect(() => labelTexts(EXPERIMENT, model, ['1,2 1e999,1'])).toThrow('Step 2 is "1e999,1"');
  expect(() => labelTexts(EXPERIMENT, model, ['1,2 '.repeat(49)])).toThrow(
    'has 49 rows, and this run reads at most 48',
  );
  const machineOf = await prepareTask(EXPERIMENT, source(SERIES)).open();
  const files = await machineOf.exportModel!({ trained: model, about: ABOUT, threads: 1 });
  const vocabulary = JSON.parse(
    new TextDecoder().decode(files.find(({ name }) => name === 'vocabulary.json')!.data),
  );
  expect(vocabulary.scale.mean).toHaveLength(2);
  const theirs = await withLabeller(files, (label) => label(rising));
  expect(theirs.map(({ label }) => label)).toEqual(said);
});
