// The training process end to end: a real workspace, a real child process, the test as its host.
import { spawn } from 'node:child_process';
import { expect, test, vi } from 'vitest';
import type { FromTrainer } from '../../../engine/contract/processes/trainer.ts';
import type { Score } from '../../../engine/contract/runs/run.ts';
import { BASELINES } from '../../../engine/evaluation/baselines/registry.ts';
import { workerEntry } from '../../../engine/hosts/node/paths.ts';
import { decodeWeights, hashWeights } from '../../../engine/training/weights.ts';
import {
  createDataset,
  numbered,
  rowsOf,
  runJob,
  startTrainer,
  testExperiment,
  trainJob,
} from './fixture.ts';

test('trains, reports in order, scores and exits by itself', async () => {
  const dataset = createDataset();
  const trainer = startTrainer();
  trainer.post(trainJob(dataset, testExperiment()));
  const prepared = await trainer.next('prepared');
  const ended = await trainer.next('ended');
  expect(await trainer.exited).toEqual({ code: 0, signal: null });

  expect(prepared.backend).toMatchObject({ name: 'simd', fallbackReason: null });
  expect(prepared.parameterCount).toBe(4 * 6 * (1 + 6 + 1) + 6 * 3 + 3);
  expect(prepared.stepMetrics.slice(0, 4)).toEqual([
    'loss',
    'learningRate',
    'gradientNorm',
    'gradientNorm/lstm/0/kernel',
  ]);
  expect(prepared.epochMetrics).toEqual([
    'trainLoss',
    'validationLoss',
    'validationMae',
    'validationRmse',
    'validationMse',
  ]);
  expect(prepared.totalSteps).toBe(4 * prepared.stepsPerEpoch);
  expect(prepared.fingerprint).toMatch(/^[0-9a-f]{64}$/);

  expect(numbered(trainer.messages).map(({ message }) => message)).toEqual(
    Array.from({ length: trainer.messages.length }, (_, index) => index + 1),
  );
  const { steps, epochs } = rowsOf(trainer.messages);
  expect([...steps.keys()]).toEqual(Array.from({ length: prepared.totalSteps }, (_, i) => i + 1));
  expect([...epochs.keys()]).toEqual([1, 2, 3, 4]);
  const lastOf = (type: FromTrainer['type']) => trainer.messages.findLast((message) => message.type === type);
  expect(lastOf('checkpoint')).toMatchObject({ step: prepared.totalSteps, epoch: 4 });
  expect(lastOf('steps')).toMatchObject({ epoch: 4 });

  expect(ended).toMatchObject({
    state: 'completed',
    reason: null,
    last: { step: prepared.totalSteps, epoch: 4 },
  });
  expect(ended.weightsHash).toBe(hashWeights(ended.best!.weights));
  expect(decodeWeights(ended.best!.weights).map(({ name }) => name)).toContain('head/kernel');
  const subjects = new Set(ended.scores.map(({ subject, part }) => `${part} ${subject}`));
  expect([...subjects].sort()).toEqual(
    ['test', 'validation'].flatMap((part) =>
      ['model', ...BASELINES.map(({ subject }) => subject)].toSorted().map((s) => `${part} ${s}`),
    ),
  );
  const best = trainer.messages.findLast((message) => message.type === 'epoch' && message.best);
  const validationMae = ended.scores.find(
    (s) => s.part === 'validation' && s.subject === 'model' && s.metric === 'mae',
  );
  // The best weights were restored: the epoch's own score comes out again, to the bit.
  expect(validationMae!.value).toBe(best?.type === 'epoch' && best.values[2]);
});

test('scores of baselines that the job brings along are taken as they are, and are those that it would have made', async () => {
  const dataset = createDataset();
  const scoresWith = async (changes: object, baselines?: readonly Score[]): Promise<readonly Score[]> => {
    const trainer = startTrainer();
    trainer.post({ ...trainJob(dataset, testExperiment(changes)), ...(baselines && { baselines }) });
    return (await trainer.next('ended')).scores;
  };
  const ofBaselines = (scores: readonly Score[]) => scores.filter(({ subject }) => subject !== 'model');
  const own = await scoresWith({});
  const other = await scoresWith({ seed: 2, model: { kind: 'gru', units: 3 } });
  expect(ofBaselines(other)).toEqual(ofBaselines(own));
  const marked = ofBaselines(own).map((score) => ({ ...score, count: 1 }));
  expect(await scoresWith({}, marked)).toEqual(
    own.map((score) => (score.subject === 'model' ? score : { ...score, count: 1 })),
  );
});

test.each([
  ['lstm', { model: { kind: 'lstm', units: 24, layers: 2, dropout: 0.1 } }],
  ['attention', { model: { kind: 'attention', units: 16, heads: 2, layers: 1 } }],
])(
  '%s: 1, 2 and 4 threads give the same rows and weights, also when their number changes',
  async (_, changes) => {
    const dataset = createDataset();
    const outcomes = await Promise.all(
      [[1], [2], [4], [4, 1, 3]].map(async ([most = 1, ...later]) => {
        const trainer = startTrainer({
          onMessage(message, process) {
            if (!('message' in message)) return;
            const now = message.type === 'epoch' ? later.shift() : undefined;
            if (now !== undefined) process.post({ type: 'threads', now });
            process.post({ type: 'stored', message: message.message });
          },
        });
        const threads = { now: most, most, fixed: true };
        trainer.post({ ...trainJob(dataset, testExperiment(changes)), threads });
        const { backend } = await trainer.next('prepared');
        expect(backend.device).toMatch(new RegExp(` ${most} threads?$`));
        const { weightsHash, scores } = await trainer.next('ended');
        return { weightsHash, scores, rows: rowsOf(trainer.messages) };
      }),
    );
    expect(outcomes[0]!.weightsHash).toMatch(/^[0-9a-f]{64}$/);
    for (const outcome of outcomes.slice(1)) expect(outcome).toEqual(outcomes[0]);
  },
);

test('a tiny model starts one thread, whatever its share of the cores', async () => {
  const trainer = startTrainer();
  const threads = { now: 8, most: 8, fixed: false };
  trainer.post({ ...trainJob(createDataset(), testExperiment()), threads });
  expect((await trainer.next('prepared')).backend.device).toMatch(/, 1 thread$/);
  trainer.kill();
});

test('stopped by hand, held and killed at random, it ends with the same rows and bits', async () => {
  const dataset = createDataset();
  // An attempt may be 64 messages ahead of the host that ends it, which are four epochs: the last one still has some to do.
  const experiment = testExperiment({
    training: {
      epochs: 20,
      earlyStopping: null,
      batchSize: 8,
      checkpointEverySteps: 3,
      optimizer: { kind: 'adam', learningRate: 0.02 },
    },
  });
  const straight = startTrainer();
  straight.post(trainJob(dataset, experiment));
  const wanted = await straight.next('ended');

  const stored: FromTrainer[] = [];
  let checkpoint: Extract<FromTrainer, { type: 'checkpoint' }> | null = null;
  for (let attempt = 0; ; attempt++) {
    let count = 0;
    const endings = ['stop', 'kill', 'hold', 'kill', 'none'] as const;
    const ending = endings[attempt]!;
    // The host that the test plays: forgets the rows after the checkpoint, then writes down what comes.
    const trainer = startTrainer({
      onMessage(message, process) {
        if (!('message' in message)) return;
        if (message.type === 'checkpoint') checkpoint = message;
        stored.push(message);
        process.post({ type: 'stored', message: message.message });
        if (++count !== 9 + 4 * attempt) return;
        if (ending === 'stop') process.post({ type: 'stop' });
        if (ending === 'kill') process.kill();
      },
    });
    const data = checkpoint === null ? null : (checkpoint as { data: Uint8Array }).data;
    const hold = ending === 'hold' ? { afterEpoch: 12 } : null;
    trainer.post({ ...trainJob(dataset, experiment, data), hold });
    await trainer.exited;
    const ended = trainer.messages.find((message) => message.type === 'ended');
    if (ending === 'stop') expect(ended).toMatchObject({ state: 'stopped' });
    if (ending === 'kill') expect(ended).toBeUndefined();
    if (ending === 'hold') expect(ended).toMatchObject({ state: 'held', scores: [], weightsHash: null });
    if (ending !== 'none') continue;
    const { message: _straightNumber, ...expected } = wanted;
    expect(ended).toMatchObject(expected);
    // Later rows of a step or epoch replace earlier ones, and are the same.
    expect(rowsOf(stored)).toEqual(rowsOf(straight.messages));
    return;
  }
});

test('waits while the host stores nothing, and continues when it does', async () => {
  const dataset = createDataset();
  // A checkpoint a step makes two messages a step.
  const experiment = testExperiment({ training: { epochs: 8, batchSize: 8, checkpointEverySteps: 1 } });
  const trainer = startTrainer({ onMessage: () => {} });
  trainer.post(trainJob(dataset, experiment));
  await trainer.next('prepared');
  let before = -1;
  while (trainer.messages.length < 64 || trainer.messages.length > before) {
    before = trainer.messages.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  expect(trainer.messages).toHaveLength(64);
  trainer.post({ type: 'stored', message: 10 });
  while (trainer.messages.length < 74) await new Promise((resolve) => setTimeout(resolve, 10));
  trainer.post({ type: 'stop' });
  trainer.post({ type: 'stored', message: 1_000 });
  expect(await trainer.next('ended')).toMatchObject({ state: 'stopped' });
});

test('exits at once when its parent is gone', async () => {
  const experiment = testExperiment({ training: { epochs: 100_000, earlyStopping: null } });
  const entry = workerEntry('trainer');
  // A host that can be killed: it starts the trainer, says when it trains, and acknowledges.
  const source = `
    const { fork } = require('node:child_process');
    const child = fork(${JSON.stringify(entry)}, { serialization: 'advanced', execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child.on('message', (m) => {
      if (m.type === 'steps') process.stdout.write('trains');
      if (m.type === 'failed') process.stdout.write(m.error.message);
      if (m.message) child.send({ type: 'stored', message: m.message });
    });
    child.send(${JSON.stringify(trainJob(createDataset(), experiment))});
  `;
  const host = spawn(process.execPath, ['-e', source], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = await new Promise((resolve) => host.stdout.once('data', resolve));
  expect(String(said)).toMatch(/^(trains)+$/);
  // Both hold the pipe: it closes when the trainer is gone, too.
  const closed = new Promise((resolve) => host.stdout.resume().once('close', resolve));
  host.kill('SIGKILL');
  await closed;
});

test.each([
  [
    'an unknown column',
    { task: { kind: 'forecast', targets: ['y'], lookback: 4, horizon: 2 } },
    'unknown-column',
    /"y"/,
  ],
  [
    'too few rows',
    { task: { kind: 'forecast', targets: ['x'], lookback: 400, horizon: 2 } },
    'too-few-rows',
    /look-back 400/,
  ],
  [
    'a model beyond memory',
    { model: { kind: 'lstm', units: 4096, layers: 16 } },
    'invalid-input',
    /needs about \d+\.\d GB of memory \(2,\d{3},\d{3},\d{3} parameters.*lower model.units/,
  ],
  [
    'a backend that is not there',
    { backend: 'tensorflow' },
    'backend-unavailable',
    /npm install @tensorflow\/tfjs-node/,
  ],
])('%s: fails with one sentence', async (_what, changes, code, text) => {
  vi.stubEnv('HINDCAST_TENSORFLOW', undefined);
  const trainer = startTrainer();
  vi.unstubAllEnvs();
  trainer.post(trainJob(createDataset(), testExperiment(changes)));
  const { error } = await trainer.next('failed');
  expect(error.code).toBe(code);
  expect(error.message).toMatch(text);
  expect(await trainer.exited).toEqual({ code: 0, signal: null });
});

test('a damaged checkpoint is refused', async () => {
  const trainer = startTrainer();
  trainer.post(trainJob(createDataset(), testExperiment(), new Uint8Array(100)));
  expect((await trainer.next('failed')).error).toMatchObject({ code: 'workspace-damaged' });
});

test('describes the backends', async () => {
  const backends = await runJob('describe-backends', null);
  expect(backends.map(({ name }) => name)).toEqual(['simd', 'cpu', 'tensorflow']);
  expect(backends[0]).toMatchObject({ available: true, reason: null, install: null });
});
