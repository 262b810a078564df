// A duel: which runs it asks for, what is refused before one exists, and the verdict in words.
import { describe, expect, test } from 'vitest';
import { ExperimentSchema } from '../../engine/contract/experiment/experiment.ts';
import { parseRunList } from '../../engine/contract/runs/run-list.ts';
import { asComputed } from '../../engine/defaults/experiment.ts';
import { duelVerdict } from '../../engine/services/forecasts/duel-verdict.ts';
import { compareJudgedRuns, compareRuns } from '../../engine/services/runs/comparison.ts';
import { duellistsOf } from '../../engine/services/runs/duel-marks.ts';
import { runDetail } from '../../engine/services/runs/runs.ts';
import { startTrainableStudy } from '../../engine/services/runs/trainable.ts';
import { judge } from '../../engine/tasks/forecast/duel/judge.ts';
import { makeRandom } from '../data/made-series.ts';
import { createTestEngine, runJobHere, smallExperiment } from './fixture.ts';

const other = (changes: object = {}) =>
  ExperimentSchema.parse({ ...smallExperiment, name: 'other', model: { kind: 'gru', units: 2 }, ...changes });
const planOf = (changes: object = {}) => ({
  kind: 'duel',
  labels: ['small', 'other'],
  others: [other()],
  seeds: [1, 2],
  ...changes,
});

async function start(plan: object) {
  const engine = { ...createTestEngine(), runJob: runJobHere };
  const study = await startTrainableStudy(
    engine,
    { configuration: smallExperiment, plan: plan as never },
    undefined,
  );
  return { engine, study };
}

test('each configuration is trained with each seed, matched', async () => {
  const { engine, study } = await start(planOf());
  const runs = study.runs.map((id) => runDetail(engine, id));
  expect(runs.map(({ name, seed, modelKind }) => [name, seed, modelKind])).toEqual([
    ['small small seed 1', 1, 'lstm'],
    ['small other seed 1', 1, 'gru'],
    ['small small seed 2', 2, 'lstm'],
    ['small other seed 2', 2, 'gru'],
  ]);
  await expect(duelVerdict(engine, study.id, undefined)).rejects.toThrow('0 of 2 seeds are complete');
  // A comparison names the configuration of each run, and waits for no verdict that cannot be.
  const duellists = duellistsOf(engine, runs);
  expect(runs.map(({ id }) => duellists.get(id)?.label)).toEqual(['small', 'other', 'small', 'other']);
  expect(duellistsOf(engine, [runs[0]!, runs[2]!]).size).toBe(0);
  const { protocols } = await compareJudgedRuns(engine, [`s${study.id}`], undefined);
  expect(protocols.flatMap(({ rows }) => rows.filter(({ best }) => best))).toEqual([]);
});

test('two contenders of one configuration are refused, whatever their names and seeds are', async () => {
  const { engine, study } = await start(planOf());
  const configuration = asComputed(runDetail(engine, study.runs[0]!).configuration);
  const against = (changes: object) => {
    const others = [{ ...configuration, name: 'renamed', seed: 9, ...changes }];
    return startTrainableStudy(engine, { configuration, plan: planOf({ others }) as never }, undefined);
  };
  await expect(against({})).rejects.toThrow(
    '"small" and "other" are the same configuration, so a duel can find no difference between them',
  );
  await expect(against({ training: { ...configuration.training, epochs: 1 } })).resolves.toBeDefined();
});

test('a comparison sums up the runs of each configuration, not all of them together', async () => {
  const { engine, study } = await start(planOf());
  const { studies, runs } = compareRuns(engine, ['s1']);
  expect(studies).toEqual([
    { id: study.id, name: 'small: small', runs: [study.runs[0], study.runs[2]] },
    { id: study.id, name: 'small: other', runs: [study.runs[1], study.runs[3]] },
  ]);
  expect(runs.map(({ seed }) => seed)).toEqual([1, 2, 1, 2]);
  expect(study.hasOneConfiguration).toBe(false);
});

test.each([
  [{ seeds: [1] }, /two or more: with one, a difference may be luck/],
  [{ seeds: [1, 1] }, /seed twice/],
  [{ labels: ['a', 'a'] }, /two contenders alike/],
  [{ others: [other({ task: { ...smallExperiment.task, horizon: 3 } })] }, /task\.horizon differs/],
  [
    { others: [other({ task: { ...smallExperiment.task, targets: ['nowhere'], horizon: 2 } })] },
    /task\.targets differs/,
  ],
])('refused before a run exists: %j', async (changes, words) => {
  const engine = { ...createTestEngine(), runJob: runJobHere };
  const request = { configuration: smallExperiment, plan: planOf(changes) as never };
  await expect(startTrainableStudy(engine, request, undefined)).rejects.toThrow(words);
  expect(parseRunList(engine.workspace.runs.listText())).toEqual([]);
});

describe('the verdict', () => {
  const random = makeRandom(4);
  const shared = Float64Array.from({ length: 240 }, () => 1 + random());
  const lossesOf = (shift: number) =>
    [1, 2, 3].map(() => ({
      times: Float64Array.from(shared.keys()),
      losses: shared.map((loss) => loss + shift + 0.2 * (random() - 0.5)),
    }));
  const verdictOf = (...shifts: number[]) =>
    judge({
      labels: ['A', 'B', 'C'].slice(0, shifts.length),
      losses: shifts.map(lossesOf),
      seeds: [1, 2, 3],
      horizon: 4,
      loss: 'absolute error',
      unit: 'original',
    });

  test('stars the better one, with the numbers that say so', () => {
    const { contenders, pairs, words } = verdictOf(-0.2, 0);
    expect(contenders.map(({ best }) => best)).toEqual([true, false]);
    expect(pairs[0]).toMatchObject({ better: 'first' });
    expect(pairs[0]!.high).toBeLessThan(0);
    expect(words[0]).toMatch(
      /^A is better than B: mean absolute error 1\.\d+ against 1\.\d+; difference −0\.\d+, 95 % interval −0\.\d+ to −0\.\d+, p < 0\.001\.$/,
    );
  });

  test('finds no evidence where there is none, and then stars nobody', () => {
    const { contenders, words } = verdictOf(0, 0);
    expect(words[0]).toMatch(/^No evidence of a difference between A and B/);
    expect(contenders.some(({ best }) => best)).toBe(false);
  });

  test('says why a small p alone is no evidence: seeds disagree', () => {
    const [a, b] = [lossesOf(0), lossesOf(0)];
    const disagreeing = a!.map(({ times, losses }, seed) => ({
      times,
      losses: losses.map((loss) => loss + [-0.5, -0.3, 0.25][seed]!),
    }));
    const { words, pairs } = judge({
      labels: ['A', 'B'],
      losses: [disagreeing, b!],
      seeds: [1, 2, 3],
      horizon: 4,
      loss: 'absolute error',
      unit: 'original',
    });
    expect(pairs[0]!.holm).toBeLessThan(0.05);
    expect(words[0]).toMatch(
      /^No evidence .*; the interval holds 0, so other seeds or origins may turn it\.$/,
    );
  });

  test('of three, only the one ahead of both is starred, and p values are raised', () => {
    const { contenders, pairs } = verdictOf(0, -0.3, 0);
    expect(contenders.map(({ best }) => best)).toEqual([false, true, false]);
    for (const { pValue, holm } of pairs) expect(holm).toBeGreaterThanOrEqual(pValue!);
  });

  test('a seed by which the other one wins takes the evidence away', () => {
    const [one, two, three] = lossesOf(0);
    const worse = { ...three!, losses: three!.losses.map((loss) => loss + 1) };
    const better = lossesOf(-0.3);
    const { pairs } = judge({
      labels: ['A', 'B'],
      losses: [
        [one!, two!, three!],
        [better[0]!, better[1]!, worse],
      ],
      seeds: [1, 2, 3],
      horizon: 4,
      loss: 'absolute error',
      unit: 'original',
    });
    expect(pairs[0]!.better).toBeNull();
  });
});
