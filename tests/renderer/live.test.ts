import { describe, expect, test } from 'vitest';
import type { EngineEvent, EventBody } from '../../engine/contract/api/events.ts';
import type { RunDetail, RunSummary } from '../../engine/contract/runs/run.ts';
import { staleAfter } from '../../renderer/engine/live.ts';
import { freshest, patchRuns } from '../../renderer/engine/run-patches.ts';

const run = (id: number): RunSummary =>
  ({
    id,
    name: `run ${id}`,
    state: 'running',
    step: 0,
    epoch: 0,
    bestEpoch: null,
    queuePosition: null,
  }) as RunSummary;

const events = (...bodies: readonly object[]): EngineEvent[] =>
  bodies.map((body, index) => ({ sequence: index + 1, atMs: 0, body: body as EventBody }));

const progressed = (runId: number, step: number) => ({
  type: 'run.progressed',
  runId,
  step,
  totalSteps: 100,
  epoch: 1,
  trainLoss: 0.5,
  secondsLeft: 3,
});

describe('events in the list of runs', () => {
  test('the last of a batch counts, and runs that nothing happened to stay the same objects', () => {
    const runs = [run(1), run(2)];
    const after = patchRuns(runs, events(progressed(1, 10), progressed(1, 20)));
    expect(after[0]).toMatchObject({ id: 1, step: 20, totalSteps: 100, lastTrainLoss: 0.5, name: 'run 1' });
    expect(after[1]).toBe(runs[1]);
  });

  test('a best epoch is kept when a later one is worse', () => {
    const ended = (epoch: number, validationLoss: number, best: boolean) => ({
      type: 'run.epochEnded',
      runId: 1,
      epoch,
      step: epoch * 10,
      trainLoss: 1,
      validationLoss,
      best,
    });
    const [after] = patchRuns([run(1)], events(ended(1, 0.3, true), ended(2, 0.4, false)));
    expect(after).toMatchObject({ epoch: 2, lastValidationLoss: 0.4, bestValidationLoss: 0.3, bestEpoch: 1 });
  });

  test('deleted runs go; a batch without runs changes nothing', () => {
    const runs = [run(1), run(2)];
    expect(patchRuns(runs, events({ type: 'run.deleted', runId: 1 })).map(({ id }) => id)).toEqual([2]);
    expect(patchRuns(runs, events({ type: 'dataset.deleted', datasetId: 1 }))).toBe(runs);
  });
});

describe('a run as its page shows it', () => {
  const detail = { ...run(1), state: 'completed', step: 20 } as RunDetail;

  test('the row of the list says how far training is, and that it was resumed', () => {
    const training = { ...detail, state: 'running', step: 12 } as RunDetail;
    expect(freshest(training, { ...run(1), step: 15 })).toMatchObject({ state: 'running', step: 15 });
    expect(freshest(detail, { ...run(1), step: 21 })).toMatchObject({ state: 'running', step: 21 });
    expect(freshest(detail, undefined)).toBe(detail);
  });

  test('a row that has not heard of the end yet does not undo it', () => {
    expect(freshest(detail, { ...run(1), step: 18 })).toBe(detail);
  });
});

describe('what events make stale', () => {
  const keysOf = (...bodies: readonly object[]) => staleAfter(events(...bodies)).map((key) => key.join(' '));

  test('progress asks for curves alone, so that a list of thousands is not fetched for each step', () => {
    expect(keysOf(progressed(3, 1), progressed(3, 2))).toEqual(['curves 3']);
  });

  test('the end of a run asks for all that shows it', () => {
    const keys = keysOf({ type: 'run.ended', runId: 3, state: 'completed', reason: null });
    expect(keys).toEqual(expect.arrayContaining(['runs', 'run 3', 'curves 3', 'queue']));
  });

  test('what studies say changes with them, and with the end of a run', () => {
    const study = { studyId: 1, name: 'seeds' };
    for (const type of ['study.created', 'study.changed', 'study.deleted'])
      expect(keysOf({ type, ...study }), type).toEqual(['studies', 'sweeps']);
    const ended = { type: 'run.ended', runId: 3, state: 'completed', reason: null };
    expect(keysOf(ended)).toContain('studies');
    expect(keysOf({ type: 'run.deleted', runId: 3 })).toContain('studies');
    expect(keysOf(progressed(3, 1))).not.toContain('studies');
    expect(
      keysOf({
        type: 'run.epochEnded',
        runId: 3,
        epoch: 1,
        step: 1,
        trainLoss: 1,
        validationLoss: 1,
        best: true,
      }),
    ).toContain('sweeps');
  });

  test('another order of the queue changes positions in the list', () => {
    expect(keysOf({ type: 'queue.changed', queued: [2], limit: 1 })).toEqual(['queue', 'runs']);
  });
});
