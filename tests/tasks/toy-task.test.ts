// A task is a folder and its lines in the registries: this one, which Hindcast does not have, is trained, scored beside its
// baseline, checked, predicted with and exported by the same code as any other.
import { expect, test, vi } from 'vitest';
import { ExperimentSchema } from '../../engine/contract/experiment/experiment.ts';
import { exportCsv } from '../../engine/export/csv.ts';
import { exportReport } from '../../engine/export/report/report.ts';
import type { OutboxMessage } from '../../engine/hosts/trainer/outbox.ts';
import { predict, predictPart } from '../../engine/hosts/trainer/predict.ts';
import type { OpenSource } from '../../engine/hosts/trainer/prepare-job.ts';
import { runTrainJob } from '../../engine/hosts/trainer/train-job.ts';
import { parseExperiment } from '../../engine/services/runs/start.ts';
import { contentOf } from '../../engine/tasks/content.ts';
import { makeSeries, wave } from '../data/made-series.ts';
import { made } from '../export/made-run.ts';

vi.mock('../../engine/contract/tasks/registry.ts', async (original) => {
  const registry = await original<typeof import('../../engine/contract/tasks/registry.ts')>();
  const { NextSignSchema } = await import('./next-sign/schema.ts');
  return { ...registry, TASK_SCHEMAS: [...registry.TASK_SCHEMAS, NextSignSchema] };
});
vi.mock('../../engine/tasks/registry.ts', async (original) => {
  const { TASKS } = await original<typeof import('../../engine/tasks/registry.ts')>();
  const { nextSign } = await import('./next-sign/next-sign.ts');
  return { TASKS: { ...TASKS, 'next-sign': nextSign } };
});

const configuration = {
  name: 'signs',
  dataset: { name: 'waves' },
  task: { kind: 'next-sign', columns: ['y'] },
  model: { kind: 'rnn', units: 1 },
  training: { epochs: 6, batchSize: 16, optimizer: { kind: 'adam', learningRate: 0.05 } },
};
const version = { workspacePath: '', datasetVersionId: 1 };

const openSource: OpenSource = async () => ({
  datasetName: 'waves',
  read: async () => [makeSeries({ y: wave(300) })],
  close: () => {},
});

/** What the training process tells its host. */
async function train(): Promise<OutboxMessage[]> {
  const messages: OutboxMessage[] = [];
  await runTrainJob({
    job: {
      type: 'train',
      hold: null,
      ...version,
      experiment: parseExperiment(configuration),
      checkpoint: null,
      threads: { now: 1, most: 1, fixed: true },
    },
    outbox: { send: async (message) => void messages.push(message), stored: () => {} },
    openSource,
    now: () => 0,
    stopRequests: () => 0,
    threadsNow: () => 1,
  });
  return messages;
}

const messages = await train();
const ended = messages.find((message) => message.type === 'ended') ?? expect.unreachable();

test('it is trained by the loop, with the metric of its own in every epoch', () => {
  expect(messages[0]).toMatchObject({
    type: 'prepared',
    parameterCount: 14,
    epochMetrics: expect.arrayContaining(['validationLoss', 'validationAccuracy']),
    fingerprint: 'next-sign 1 44',
    notes: ['A toy.'],
  });
  expect(messages.filter(({ type }) => type === 'epoch')).toHaveLength(6);
  expect(ended).toMatchObject({ state: 'completed' });
});

test('it is scored by its metric beside its baseline, and beats it', () => {
  const test = ended.scores.filter(({ part }) => part === 'test');
  expect(test.map(({ subject, metric, count }) => [subject, metric, count])).toEqual([
    ['model', 'accuracy', 44],
    ['commoner', 'accuracy', 44],
  ]);
  expect(test[0]!.value).toBeGreaterThan(test[1]!.value + 0.1);
});

test('its predictions and scores are exported as tables and as a report', async () => {
  const experiment = parseExperiment(configuration);
  const model = { fitted: null, weights: ended.best!.weights };
  const bytes = await predictPart({ ...version, experiment, model, part: 'test', threads: 1 }, openSource);
  const { run, steps, epochs } = made();
  const source = {
    run: { ...run, configuration: experiment, scores: [...ended.scores] },
    task: contentOf(experiment, bytes),
    steps,
    epochs,
  };
  const files = exportCsv(source);
  const textOf = (name: string) => files.find((file) => file.name === name)?.content.text();
  expect((await textOf('signs.csv'))?.split('\n')[0]).toBe('rises,rose');
  expect((await textOf('signs.csv'))?.trimEnd().split('\n')).toHaveLength(45);
  expect(await textOf('scores.csv')).toMatch(/^test,commoner,accuracy,,0\.\d+,.*,44$/m);
  expect(await textOf('columns.csv')).toContain('signs.csv,rises,probability of a rise,');
  const report = await exportReport(source).content.text();
  expect(report).toContain('<h2>Signs of the test part</h2>');
  expect(report).toContain('Says from 6 rows whether y rises.');
});

test('its fields are checked, and those of other tasks refused', () => {
  const wrong = (task: object) => () =>
    parseExperiment({ ...configuration, task: { ...configuration.task, ...task } });
  expect(wrong({ window: 0 })).toThrow('task.window is 0; it must be greater than 0');
  expect(wrong({ lookback: 3 })).toThrow('task has a field that nothing knows: "lookback"');
  expect(wrong({ kind: 'none' })).toThrow(
    'task.kind is "none"; it must be one of "forecast", "classify", "tag", "estimate", "label", "translate", "generate", "video", "caption", "next-sign"',
  );
  expect(ExperimentSchema.parse(configuration).task).toMatchObject({ kind: 'next-sign', window: 6 });
});

test('nothing is predicted ahead of the data by a kind that does not say how', async () => {
  const job = {
    ...version,
    experiment: parseExperiment(configuration),
    model: { fitted: {}, weights: new Uint8Array() },
  };
  await expect(predict({ ...job, part: 'future', threads: 1 }, openSource)).rejects.toThrow(
    'A run of the task "next-sign" predicts nothing ahead of its data',
  );
});
