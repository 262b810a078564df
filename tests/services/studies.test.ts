import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { HindcastError } from '../../engine/contract/values/errors.ts';
import type { RunId } from '../../engine/contract/values/ids.ts';
import { compareRuns } from '../../engine/services/runs/comparison.ts';
import { sweepInterruptedRuns } from '../../engine/services/runs/interrupted-runs.ts';
import {
  deleteRun,
  renameRun,
  resumeRun,
  runDetail,
  startRun,
  stopRun,
  summaryOf,
} from '../../engine/services/runs/runs.ts';
import { withTestLooks } from '../../engine/services/runs/test-looks.ts';
import { withSeedNote } from '../../engine/services/studies/seed-note.ts';
import {
  deleteStudy,
  findByReference,
  getStudy,
  renameStudy,
  resumeStudy,
  startStudy,
  stopStudy,
} from '../../engine/services/studies/studies.ts';
import { createStudyList } from '../../engine/services/studies/study-list.ts';
import { STUDY_KINDS } from '../../engine/studies/registry.ts';
import { scoreFindings } from '../../engine/studies/spread.ts';
import type { StudyKind } from '../../engine/studies/study-kind.ts';
import { looksSentence } from '../../engine/words/scores/test-looks.ts';
import { createTestEngine, smallExperiment, type TestEngine } from './fixture.ts';
import { ended, epoch, prepared, steps } from './messages.ts';

const seeds = (...list: number[]) => ({ kind: 'seeds', seeds: list });
const begin = (engine: TestEngine, plan: { kind: string } = seeds(1, 2, 3)) =>
  startStudy(engine, { configuration: smallExperiment, plan });
const stateOf = (engine: TestEngine, run: RunId) => summaryOf(engine, run).state;
const types = (engine: TestEngine) => engine.workspace.events.after(0, 1_000).map(({ body }) => body.type);

function errorOf(work: () => unknown): HindcastError {
  try {
    work();
  } catch (cause) {
    return cause as HindcastError;
  }
  throw new Error('nothing was thrown');
}

/** Plays the training of the run that trains now, to a test score. */
async function finish(engine: TestEngine, score: number): Promise<void> {
  const trainer = engine.trainers.at(-1);
  trainer?.say(prepared());
  trainer?.say(steps(2, 1, [1, 1]));
  trainer?.say(epoch(3, 1, 2));
  const message = ended(4);
  const scores = ['model', 'repeat'].map((subject) => ({
    part: 'test' as const,
    subject,
    metric: 'mae' as const,
    unit: 'original' as const,
    target: null,
    value: subject === 'model' ? score : 9,
    count: 4,
  }));
  trainer?.say({ ...message, scores } as typeof message);
  trainer?.end();
  await engine.settle();
}

describe('a study of seeds', () => {
  test('queues a run for each seed and gives mean and deviation of their scores', async () => {
    const engine = createTestEngine();
    const study = begin(engine);
    const names = study.runs.map((run) => summaryOf(engine, run)).map(({ name, seed }) => [name, seed]);
    expect(names).toEqual([
      ['small seed 1', 1],
      ['small seed 2', 2],
      ['small seed 3', 3],
    ]);
    expect(study).toMatchObject({ name: 'small', kind: 'seeds', open: true, findings: { test: null } });
    for (const score of [1, 2, 6]) await finish(engine, score);
    const done = getStudy(engine, study.id);
    expect(done.open).toBe(false);
    expect(done.findings.test).toMatchObject({ mean: 3, count: 3, metric: 'mae', unit: 'original' });
    expect(done.findings.test?.deviation).toBeCloseTo(Math.sqrt(7), 12);
    expect(await createStudyList(engine).list()).toEqual([done]);
    expect(types(engine)).toContain('study.created');
  });

  test('is summed up again in the list only where something happened to it', async () => {
    const engine = createTestEngine();
    const [first, second] = [begin(engine, seeds(1, 2)), begin(engine, seeds(3))];
    const studies = createStudyList(engine);
    const [, before] = await studies.list();
    renameStudy(engine, second.id, 'another');
    const [renamed, same] = await studies.list();
    expect(renamed?.name).toBe('another');
    expect(same).toBe(before);
    // The run that trains is the first of the first study.
    await finish(engine, 1);
    const [, ended] = await studies.list();
    expect(ended).not.toBe(before);
    expect(ended).toEqual(getStudy(engine, first.id));
  });

  test.each([
    ['no seeds', seeds()],
    ['half a seed', seeds(1.5)],
    ['a negative seed', seeds(-1)],
    ['a seed beyond 32 bits', seeds(2 ** 32)],
    ['a seed twice', seeds(1, 1)],
    ['too many', seeds(...Array.from({ length: 101 }, (_, seed) => seed))],
    ['an unknown kind', { kind: 'horoscope' }],
  ])('with %s is refused and leaves nothing', (_name, plan) => {
    const engine = createTestEngine();
    expect(errorOf(() => begin(engine, plan)).code).toBe('invalid-input');
    expect(engine.workspace.studies.list()).toEqual([]);
    expect(engine.workspace.info().runs).toBe(0);
  });

  test('is stopped with all its runs, and resumed with those that can resume', async () => {
    const engine = createTestEngine();
    const study = begin(engine);
    stopStudy(engine, study.id);
    engine.trainers[0]?.say(prepared());
    engine.trainers[0]?.say(ended(2, 'stopped'));
    engine.trainers[0]?.end();
    await engine.settle();
    expect(study.runs.map((run) => stateOf(engine, run))).toEqual(['stopped', 'stopped', 'stopped']);
    expect(engine.trainers).toHaveLength(1);
    expect(errorOf(() => stopStudy(engine, study.id)).code).toBe('conflict');
    resumeStudy(engine, study.id);
    expect(study.runs.map((run) => stateOf(engine, run))).toEqual(['running', 'queued', 'queued']);
    expect(getStudy(engine, study.id).runs).toEqual(study.runs);
  });

  test('goes with the last of its runs, one by one or at once; not while one is active', async () => {
    const engine = createTestEngine();
    const study = begin(engine, seeds(4, 5));
    expect(errorOf(() => deleteStudy(engine, study.id)).message).toContain('stop study s1');
    await finish(engine, 1);
    await finish(engine, 2);
    const [first, second] = study.runs as [RunId, RunId];
    deleteRun(engine, first);
    expect(getStudy(engine, study.id).runs).toEqual([second]);
    expect(getStudy(engine, study.id).findings.test).toMatchObject({ mean: 2, deviation: null, count: 1 });
    deleteRun(engine, second);
    expect(await createStudyList(engine).list()).toEqual([]);
    expect(types(engine).at(-1)).toBe('study.deleted');

    const other = begin(engine, seeds(6, 7));
    await finish(engine, 1);
    await finish(engine, 2);
    deleteStudy(engine, other.id);
    expect(engine.workspace.info().runs).toBe(0);
    expect(errorOf(() => getStudy(engine, other.id)).code).toBe('not-found');
  });

  test('takes along the names of its runs, but for those that were named otherwise', () => {
    const engine = createTestEngine();
    const study = begin(engine);
    const [first, second] = study.runs as [RunId, RunId];
    renameRun(engine, second, 'mine');
    renameStudy(engine, study.id, 'wide');
    expect(summaryOf(engine, first).name).toBe('wide seed 1');
    expect(summaryOf(engine, second).name).toBe('mine');
  });
});

test('a run of a study of seeds says in its notes what the other seeds reached', async () => {
  const engine = createTestEngine();
  begin(engine, seeds(1, 2));
  const noted = (id: number) => withSeedNote(engine.workspace, runDetail(engine, id)).notes;
  await finish(engine, 3);
  expect(noted(1)).toEqual(runDetail(engine, 1).notes);
  await finish(engine, 4);
  expect(noted(1).at(-1)).toMatch(
    /^With 2 seeds the test MAE is 3\.5 ± 0\.7071: the difference .* larger than/,
  );
  expect(runDetail(engine, 1).notes).not.toContain(noted(1).at(-1));
});

test('a run says how often the test part of its protocol was scored', async () => {
  const engine = createTestEngine();
  begin(engine, seeds(1, 2));
  const looks = (id: number) => withTestLooks(engine.workspace, runDetail(engine, id)).testLooks;
  await finish(engine, 3);
  expect(looks(1)).toBe(1);
  await finish(engine, 4);
  expect(looks(1)).toBe(2);
  expect(looksSentence(1)).toBeNull();
  expect(looksSentence(2)).toBe('The test part of this protocol was scored by 2 runs.');
  expect(looksSentence(10)).toContain('the best of them looks better than it is');
});

describe('a comparison', () => {
  test('takes a study for its runs, beside other runs; one run alone or twice is refused', async () => {
    const engine = createTestEngine();
    begin(engine, seeds(1, 2));
    const other = startRun(engine, { ...smallExperiment, name: 'other' }, undefined);
    const { runs, studies } = compareRuns(engine, ['s1', other.id]);
    expect(runs.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(studies).toEqual([{ id: 1, name: smallExperiment.name, runs: [1, 2] }]);
    expect(compareRuns(engine, ['s1']).runs).toHaveLength(2);
    expect(compareRuns(engine, [1, 'other']).studies).toEqual([]);
    expect(errorOf(() => compareRuns(engine, [1])).message).toContain('2 runs or more');
    expect(errorOf(() => compareRuns(engine, ['s1', 2])).message).toContain('named twice');
    expect(errorOf(() => compareRuns(engine, ['s9'])).code).toBe('not-found');
  });
});

describe('a name', () => {
  test('of digits is refused for new runs and studies; a study is s1 or its name', () => {
    const engine = createTestEngine();
    for (const name of ['12', ' 7 ', 's3', 'S3']) {
      const error = errorOf(() => startRun(engine, { ...smallExperiment, name }, undefined));
      expect(error.message).toContain('must not look like the number');
    }
    const study = begin(engine, seeds(1));
    expect(findByReference(engine, 's1')).toEqual({ run: null, study: study.id });
    expect(findByReference(engine, 'small')).toEqual({ run: null, study: study.id });
    expect(findByReference(engine, 'small seed 1')).toEqual({ run: study.runs[0], study: null });
    const twin = startRun(engine, smallExperiment, undefined);
    const error = errorOf(() => findByReference(engine, 'small'));
    expect(error.code).toBe('conflict');
    expect(error.message).toContain(`${twin.id}`);
    expect(error.message).toContain('s1');
  });
});

const ToyPlan = z.object({ kind: z.literal('toy'), rounds: z.int() });

/** Asks for one run after the other, each with the score of the one before in its learning rate. */
const toy: StudyKind<z.infer<typeof ToyPlan>> = {
  kind: 'toy',
  plan: ToyPlan,
  next({ plan, experiment, issued }, runs) {
    const last = runs.at(-1);
    if (issued >= plan.rounds || (last && last.testScore === null)) return [];
    const learningRate = last?.testScore ?? 0.001;
    const optimizer = { ...experiment.training.optimizer, learningRate };
    const training = { ...experiment.training, optimizer } as typeof experiment.training;
    return [{ label: `round ${issued + 1}`, experiment: { ...experiment, training } }];
  },
  summary: (_study, runs) => scoreFindings(runs),
};

describe('another kind', () => {
  afterEach(() => void STUDY_KINDS.delete('toy'));

  test('is one file: it decides by what its runs reached, and its study closes at its end', async () => {
    STUDY_KINDS.set('toy', toy as unknown as StudyKind);
    const engine = createTestEngine();
    const { id } = begin(engine, { kind: 'toy', rounds: 2 } as { kind: string });
    expect(getStudy(engine, id).runs).toHaveLength(1);
    await finish(engine, 0.25);
    const { runs, open } = getStudy(engine, id);
    expect(open).toBe(true);
    const second = engine.workspace.runs.detail(runs[1] as RunId);
    expect(second.name).toBe('small round 2');
    expect(second.configuration.training.optimizer).toMatchObject({ learningRate: 0.25 });
    await finish(engine, 0.5);
    expect(getStudy(engine, id)).toMatchObject({ open: false, findings: { test: { mean: 0.375 } } });
  });

  test('asks for no more once its study was stopped', async () => {
    STUDY_KINDS.set('toy', toy as unknown as StudyKind);
    const engine = createTestEngine();
    const { id } = begin(engine, { kind: 'toy', rounds: 5 } as { kind: string });
    stopStudy(engine, id);
    await finish(engine, 0.25);
    expect(getStudy(engine, id).runs).toHaveLength(1);
    expect(getStudy(engine, id).open).toBe(false);
  });
});

describe('a run that is made', () => {
  test('is in the queue or is not there at all: nothing is left where queueing fails', () => {
    const engine = createTestEngine();
    const { push } = engine.workspace.queue;
    const queue = engine.workspace.queue as { push: typeof push };
    queue.push = () => {
      throw new Error('the disk is full');
    };
    expect(() => startRun(engine, smallExperiment, undefined)).toThrow('the disk is full');
    expect(() => begin(engine)).toThrow('the disk is full');
    expect(engine.workspace.info().runs).toBe(0);
    expect(engine.workspace.studies.list()).toEqual([]);
    queue.push = push;
    expect(stateOf(engine, startRun(engine, smallExperiment, undefined).id)).toBe('running');
  });

  test('and that an older Hindcast left outside the queue is put into it', () => {
    const engine = createTestEngine();
    startRun(engine, smallExperiment, undefined);
    const stuck = startRun(engine, smallExperiment, undefined).id;
    engine.workspace.queue.remove(stuck);
    resumeRun(engine, stuck);
    expect(engine.workspace.queue.order()).toEqual([stuck]);
    engine.workspace.queue.remove(stuck);
    sweepInterruptedRuns(engine.workspace, engine.hub, engine.host.now);
    expect(engine.workspace.queue.order()).toEqual([stuck]);
  });
});

test('the time in training leaves out the break between two attempts', async () => {
  const engine = createTestEngine();
  const clock = { skippedMs: 0 };
  const { now } = engine.host;
  (engine.host as { now: () => number }).now = () => now() + clock.skippedMs;
  const { id } = startRun(engine, smallExperiment, undefined);
  stopRun(engine, id);
  engine.trainers[0]?.say(prepared());
  engine.trainers[0]?.say(ended(2, 'stopped'));
  engine.trainers[0]?.end();
  await engine.settle();
  const first = summaryOf(engine, id).trainedMs ?? Number.NaN;
  clock.skippedMs = 3 * 86_400_000;
  resumeRun(engine, id);
  await finish(engine, 1);
  const { trainedMs, startedAtMs, endedAtMs } = summaryOf(engine, id);
  expect(trainedMs).toBeGreaterThan(first);
  expect(trainedMs).toBeLessThan(60_000);
  expect((endedAtMs ?? 0) - (startedAtMs ?? 0)).toBeGreaterThan(86_400_000);
});
