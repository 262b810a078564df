import { describe, expect, test } from 'vitest';
import type { EngineEvent } from '../../engine/contract/api/events.ts';
import type { RunId } from '../../engine/contract/values/ids.ts';
import { sweepInterruptedRuns } from '../../engine/services/runs/interrupted-runs.ts';
import { deleteRun, runDetail, startRun, summaryOf } from '../../engine/services/runs/runs.ts';
import { createRunSupervisor } from '../../engine/services/runs/supervisor.ts';
import { framesLearned } from '../../engine/services/video/video-views.ts';
import { createTestEngine, type FakeTrainer, smallExperiment, type TestEngine } from './fixture.ts';
import { checkpoint, ended, epoch, prepared, steps } from './messages.ts';

const start = (engine: TestEngine, name = 'small'): RunId =>
  startRun(engine, { ...smallExperiment, name }, undefined).id;
const stateOf = (engine: TestEngine, run: RunId) => summaryOf(engine, run).state;
const acknowledged = (trainer: FakeTrainer) =>
  trainer.received.flatMap((message) => (message.type === 'stored' ? [message.message] : []));
const types = (engine: TestEngine) =>
  engine.workspace.events.after(0, 1_000).map((event: EngineEvent) => event.body.type);

describe('a run', () => {
  test('is written message by message, each acknowledged after it is stored', () => {
    const engine = createTestEngine();
    const run = start(engine);
    const [trainer] = engine.trainers as [FakeTrainer];
    expect(trainer.received[0]).toMatchObject({ type: 'train', checkpoint: null });
    trainer.say(prepared());
    trainer.say(steps(2, 1, [1, Number.NaN, Infinity]));
    expect(acknowledged(trainer)).toEqual([1, 2]);
    const frame = engine.workspace.metrics.read(run, 'step', { after: 0 });
    expect([...frame.columns.values[0]!]).toEqual([1, Number.NaN, Infinity]);
    expect(summaryOf(engine, run)).toMatchObject({
      state: 'running',
      step: 3,
      totalSteps: 8,
      parameterCount: 53,
    });
  });

  test('that ends keeps best and last weights without optimizer state', async () => {
    const engine = createTestEngine();
    const run = start(engine);
    const [trainer] = engine.trainers as [FakeTrainer];
    for (const message of [
      prepared(),
      steps(2, 1, [1, 1, 1, 1]),
      epoch(3, 1, 4),
      checkpoint(4, 4, 1),
      ended(5),
    ])
      trainer.say(message);
    trainer.end();
    await engine.settle();
    const detail = runDetail(engine, run);
    expect(detail).toMatchObject({ state: 'completed', bestEpoch: 1, weightsHash: 'abc' });
    expect(detail.checkpoints.map(({ kind, hasOptimizerState }) => [kind, hasOptimizerState])).toEqual(
      expect.arrayContaining([
        ['best', false],
        ['last', false],
      ]),
    );
    expect(engine.workspace.checkpoints.read(run, 'best')?.data).toEqual(Uint8Array.of(9, 9));
  });

  test('keeps the event of its newest checkpoint alone, and who watches misses nothing that is kept', async () => {
    const engine = createTestEngine();
    const run = start(engine);
    const [trainer] = engine.trainers as [FakeTrainer];
    trainer.say(prepared());
    const watching = engine.hub.watch(engine.workspace.events.lastSequence(), run, undefined);
    for (let step = 1; step <= 4; step++) {
      trainer.say(steps(2 * step, step, [1]));
      trainer.say(checkpoint(2 * step + 1, step, 0));
    }
    trainer.say(ended(10));
    const kept = engine.workspace.events.after(0, 1_000, run);
    expect(kept.filter(({ body }) => body.type === 'run.checkpointed')).toMatchObject([
      { body: { step: 4 } },
    ]);
    const seen: EngineEvent[] = [];
    while (seen.at(-1)?.body.type !== 'run.ended') seen.push((await watching.next()).value!);
    expect(seen).toEqual(kept.slice(-seen.length));
    expect(new Set(seen.map(({ sequence }) => sequence)).size).toBe(seen.length);
  });

  test('whose process dies is interrupted, and resumes from its checkpoint with the later rows taken back', async () => {
    const engine = createTestEngine();
    const run = start(engine);
    const [first] = engine.trainers as [FakeTrainer];
    const form = { width: 1, height: 1, channels: 1, steps: [1], windows: [], copyPsnr: [] };
    const frames = { form, truth: Uint8Array.of(1, 2), said: Uint8Array.of(3), psnr: [[20.5]] };
    for (const message of [
      prepared(),
      steps(2, 1, [4, 3, 2, 1]),
      { ...epoch(3, 1, 4), frames },
      checkpoint(4, 4, 1),
      steps(5, 5, [9, 9]),
      { ...epoch(6, 2, 8), frames },
    ])
      first.say(message);
    first.end({ code: null, signal: 'SIGKILL' });
    await engine.settle();
    expect(summaryOf(engine, run)).toMatchObject({
      state: 'interrupted',
      reason: expect.stringContaining('SIGKILL'),
    });

    engine.supervisor.resume(run);
    const second = engine.trainers[1] as FakeTrainer;
    expect(second.received[0]).toMatchObject({ type: 'train', checkpoint: Uint8Array.of(4, 1) });
    expect(engine.workspace.metrics.lastIndex(run, 'step')).toBe(4);
    expect(engine.workspace.metrics.lastIndex(run, 'epoch')).toBe(1);
    expect(framesLearned(engine, run)!.epochs.map(({ epoch: of }) => of)).toEqual([1]);
    second.say(prepared());
    second.say(steps(2, 5, [0.5]));
    expect(stateOf(engine, run)).toBe('running');
    expect(runDetail(engine, run).attempts).toBe(2);
  });

  test('whose process says why it failed shows that sentence', async () => {
    const engine = createTestEngine();
    const run = start(engine);
    const [trainer] = engine.trainers as [FakeTrainer];
    trainer.say({ type: 'failed', error: { code: 'too-few-rows', message: 'Too few rows.' } });
    trainer.end({ code: 1, signal: null });
    await engine.settle();
    expect(summaryOf(engine, run)).toMatchObject({ state: 'failed', reason: 'Too few rows.' });
  });

  test('that stops keeps its whole checkpoint, and cannot be deleted while it runs', async () => {
    const engine = createTestEngine();
    const run = start(engine);
    const [trainer] = engine.trainers as [FakeTrainer];
    trainer.say(prepared());
    expect(() => deleteRun(engine, run)).toThrow('stop it before deleting it');
    engine.supervisor.stop(run);
    expect(trainer.received.at(-1)).toEqual({ type: 'stop' });
    expect(summaryOf(engine, run).stopRequested).toBe(true);
    for (const message of [steps(2, 1, [1]), checkpoint(3, 1, 0), ended(4, 'stopped')]) trainer.say(message);
    trainer.end();
    await engine.settle();
    expect(stateOf(engine, run)).toBe('stopped');
    expect(engine.workspace.checkpoints.read(run, 'last')?.data).toEqual(Uint8Array.of(1, 0));
    deleteRun(engine, run);
    expect(() => runDetail(engine, run)).toThrow('no run');
  });
});

describe('closing', () => {
  test('stops what runs with a checkpoint: interrupted, unless a user had stopped it before', async () => {
    const engine = createTestEngine();
    engine.supervisor.setLimit(2);
    const [asked, unasked] = [start(engine, 'asked'), start(engine, 'unasked')];
    for (const trainer of engine.trainers) trainer.say(prepared());
    engine.supervisor.stop(asked);
    const closing = engine.supervisor.close(60_000);
    for (const trainer of engine.trainers) {
      expect(trainer.received.at(-1)).toEqual({ type: 'stop' });
      for (const message of [steps(2, 1, [1]), checkpoint(3, 1, 0), ended(4, 'stopped')])
        trainer.say(message);
      trainer.end();
    }
    await closing;
    expect(stateOf(engine, asked)).toBe('stopped');
    expect(summaryOf(engine, unasked)).toMatchObject({
      state: 'interrupted',
      reason: expect.stringContaining('resume'),
    });
  });

  test('kills what does not stop in time', async () => {
    const engine = createTestEngine();
    const run = start(engine);
    engine.trainers[0]?.say(prepared());
    await engine.supervisor.close(1);
    expect(stateOf(engine, run)).toBe('interrupted');
  });
});

describe('the queue', () => {
  test('starts as many as the limit allows, in its order, and the next when one ends', async () => {
    const engine = createTestEngine();
    const runs = ['a', 'b', 'c', 'd'].map((name) => start(engine, name));
    const [a, b, c, d] = runs as [RunId, RunId, RunId, RunId];
    expect(runs.map((run) => stateOf(engine, run))).toEqual(['running', 'queued', 'queued', 'queued']);
    engine.supervisor.move(d, 1);
    expect(engine.workspace.queue.order()).toEqual([d, b, c]);
    engine.trainers[0]?.end();
    await engine.settle();
    expect(runs.map((run) => stateOf(engine, run))).toEqual(['interrupted', 'queued', 'queued', 'running']);
    engine.supervisor.setLimit(2);
    expect(stateOf(engine, b)).toBe('running');
    engine.supervisor.stop(c);
    expect(summaryOf(engine, c)).toMatchObject({ state: 'stopped', queuePosition: null });
    expect(() => engine.supervisor.move(a, 1)).toThrow(
      `Run ${a} is interrupted and cannot be moved in the queue`,
    );
  });

  test('of a dead host is left alone by a host that was asked for nothing', () => {
    const engine = createTestEngine();
    start(engine, 'a');
    const b = start(engine, 'b');
    const swept = sweepInterruptedRuns(engine.workspace, engine.hub, Date.now);
    expect(swept).toBe(1);
    expect(stateOf(engine, b)).toBe('queued');
  });

  test('of a dead host is worked off when one of its runs is resumed', () => {
    const engine = createTestEngine();
    const a = start(engine, 'a');
    const b = start(engine, 'b');
    sweepInterruptedRuns(engine.workspace, engine.hub, Date.now);
    const next = createRunSupervisor(engine.workspace, engine.hub, engine.host);
    expect(next.idle()).toBe(true);
    next.resume(b);
    expect([a, b].map((run) => stateOf(engine, run))).toEqual(['interrupted', 'running']);
    expect(engine.trainers).toHaveLength(2);
    expect(engine.workspace.queue.order()).toEqual([]);
  });
});

describe('a full disk', () => {
  test('pauses the run with the reason, loses nothing, and the run resumes when there is room', async () => {
    const engine = createTestEngine();
    const run = start(engine);
    const [trainer] = engine.trainers as [FakeTrainer];
    trainer.say(prepared());
    engine.workspace.setPageLimit(1);
    const many = Array.from({ length: 4_000 }, (_, index) => index);
    trainer.say(steps(2, 1, many));
    trainer.say(steps(3, 4_001, [7]));
    expect(summaryOf(engine, run)).toMatchObject({
      state: 'paused',
      reason: expect.stringMatching(/full|room|space/),
    });
    expect(acknowledged(trainer)).toEqual([1]);
    expect(engine.workspace.metrics.lastIndex(run, 'step')).toBe(0);

    engine.workspace.setPageLimit(null);
    engine.supervisor.resume(run);
    expect(acknowledged(trainer)).toEqual([1, 2, 3]);
    expect(stateOf(engine, run)).toBe('running');
    const { columns } = engine.workspace.metrics.read(run, 'step', { after: 0 });
    expect([...columns.values[0]!]).toEqual([...many, 7]);
    expect(types(engine)).toContain('run.unpaused');
  });
});
