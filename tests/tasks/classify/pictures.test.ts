// A classifier of images and of videos is trained by the loop, resumes bit for bit, answers new pictures, and is exported.
import { expect, test } from 'vitest';
import { classifyAnswerJob } from '../../../engine/hosts/trainer/jobs/classify-views.ts';
import { parseExperiment } from '../../../engine/services/runs/start.ts';
import { prepareTask } from '../../../engine/tasks/task-of.ts';
import { gifOf, pngOf } from '../../data/samples/picture-files.ts';
import { madeBars, madeWalks } from './made-pictures.ts';
import { sourceOf, trainOn } from './made-samples.ts';

const CONFIGURATION = {
  name: 'bars',
  dataset: { name: 'bars' },
  task: {
    kind: 'classify',
    input: 'image',
    label: 'label',
    patches: { side: 4, step: 1 },
    readout: 'max',
    metrics: ['accuracy', 'log-loss'],
  },
  model: { kind: 'dense', units: 16 },
  training: { epochs: 12, batchSize: 16, optimizer: { kind: 'adam', learningRate: 0.01 } },
};
const WALKS = {
  ...CONFIGURATION,
  task: { ...CONFIGURATION.task, input: 'frames', readout: 'last' },
  model: { kind: 'gru', units: 8, bidirectional: false },
};

const endOf = (all: Awaited<ReturnType<typeof trainOn>>) =>
  all.find((message) => message.type === 'ended') ?? expect.unreachable();
const accuracyOf = (ended: ReturnType<typeof endOf>, subject: string) =>
  ended.scores.find((score) => score.subject === subject && score.part === 'test')!.value;

const BARS = madeBars(300);

test('a convolution tells lying from standing bars, and the baselines on pixels stand beside it', async () => {
  const ended = endOf(await trainOn(BARS, CONFIGURATION));
  expect(accuracyOf(ended, 'model')).toBeGreaterThan(0.9);
  expect([...new Set(ended.scores.map(({ subject }) => subject))]).toEqual([
    'model',
    'majority',
    'regression',
    'nearest-pixels',
  ]);
  expect(accuracyOf(ended, 'regression')).toBeLessThan(0.8);
  const stopped = await trainOn(BARS, CONFIGURATION, { stopAfter: 17 });
  const checkpoint = stopped.findLast((message) => message.type === 'checkpoint') ?? expect.unreachable();
  const resumed = endOf(await trainOn(BARS, CONFIGURATION, { checkpoint: checkpoint.data }));
  expect(resumed.weightsHash).toBe(ended.weightsHash);

  const experiment = parseExperiment(CONFIGURATION);
  const prepared = prepareTask(experiment, { kind: 'samples', name: 'bars', samples: BARS });
  const model = { fitted: prepared.fitted, weights: ended.best!.weights };
  const job = { workspacePath: '', datasetVersionId: 1, experiment, model, threads: 1 };
  // Twice as large: it is reduced to what the model reads.
  const lying = pngOf(16, 16, (x, y) =>
    y >= 6 && y < 8 && x >= 4 && x < 12 ? [230, 230, 230] : [60, 60, 60],
  );
  const asked = (file: Uint8Array) => ({ ...job, asked: { kind: 'picture' as const, file } });
  const environment = { openSource: sourceOf(BARS) } as Parameters<typeof classifyAnswerJob.run>[1];
  const { classes, probabilities } = await classifyAnswerJob.run(asked(lying), environment);
  expect(classes).toEqual(['lying', 'standing']);
  expect(probabilities[0]![0]).toBeGreaterThan(0.5);
  await expect(classifyAnswerJob.run(asked(Buffer.from('words')), environment)).rejects.toThrow(
    'it is no picture of a known form',
  );
  const machine = await prepared.open();
  const files = await machine.exportModel!({
    trained: model,
    about: {
      name: 'bars',
      description: '',
      training: {
        dataset: 'bars',
        datasetVersion: 1,
        dataHash: 'a',
        fingerprint: null,
        weightsHash: null,
        seed: 1,
      },
      trainedOn: { dataset: 'bars', reading: {}, series: [] },
      scores: [],
    },
    threads: 1,
  });
  expect(files.map(({ name }) => name)).toContain('card.json');
});

test('a video is told by the order of its frames, which the mean frame does not show', async () => {
  const table = madeWalks(240);
  const ended = endOf(await trainOn(table, WALKS));
  expect(accuracyOf(ended, 'model')).toBeGreaterThan(0.9);
  const experiment = parseExperiment(WALKS);
  const { fitted } = prepareTask(experiment, { kind: 'samples', name: 'bars', samples: table });
  const model = { fitted, weights: ended.best!.weights };
  const wide = gifOf(
    8,
    8,
    [0, 1, 2, 3].map((at) => ({
      width: 8,
      height: 8,
      levels: Array.from({ length: 64 }, (_, pixel) => (pixel === 16 + at ? 250 : 20)),
    })),
  );
  const job = { workspacePath: '', datasetVersionId: 1, experiment, model, threads: 1 };
  const environment = { openSource: sourceOf(table) } as Parameters<typeof classifyAnswerJob.run>[1];
  // Videos of an import are square; these are not.
  await expect(
    classifyAnswerJob.run({ ...job, asked: { kind: 'picture', file: wide } }, environment),
  ).rejects.toThrow('The model reads pictures of 8 x 4 pixels in grey, and these have 8 x 8 pixels in grey');
});

test('a patch larger than the pictures is refused, by the name of its field', () => {
  const experiment = parseExperiment({
    ...CONFIGURATION,
    task: { ...CONFIGURATION.task, patches: { side: 9, step: 1 } },
  });
  const data = { kind: 'samples' as const, name: 'bars', samples: BARS };
  expect(() => prepareTask(experiment, data)).toThrow(
    'A patch of 9 pixels does not fit into pictures of 8 x 8',
  );
});
