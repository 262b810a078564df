// Translators put together: the same run twice writes what it writes alone, several write by the mean of their probabilities, and what has no
// mean is refused.
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { selectBackend } from '../../../engine/backends/select.ts';
import type { JobProgress } from '../../../engine/contract/processes/jobs/job.ts';
import type { EnsembleWay } from '../../../engine/contract/studies/ensemble.ts';
import type { TranslateExperiment } from '../../../engine/contract/tasks/translate-experiment.ts';
import type { RunId } from '../../../engine/contract/values/ids.ts';
import { ensembleJob } from '../../../engine/hosts/trainer/jobs/ensemble.ts';
import type { JobEnvironment } from '../../../engine/hosts/trainer/jobs/job.ts';
import { logSoftmax } from '../../../engine/ops/log-softmax.ts';
import { parseExperiment } from '../../../engine/services/runs/start.ts';
import { openMembers } from '../../../engine/tasks/translate/members.ts';
import { tokenField } from '../../../engine/tasks/translate/pair-batch.ts';
import { translateTexts } from '../../../engine/tasks/translate/translate-text.ts';
import { pairTable, sourceOf, trainOn } from '../classify/made-samples.ts';
import { CONFIGURATION, reversedPairs } from './made-pairs.ts';

const TABLE = pairTable(reversedPairs(240));
const openSource = sourceOf(TABLE);

async function trained(runId: number, changes: object) {
  const configuration = {
    ...CONFIGURATION,
    training: { ...CONFIGURATION.training, epochs: 5 },
    ...changes,
  };
  const messages = await trainOn(TABLE, configuration);
  const prepared = messages.find((message) => message.type === 'prepared') ?? expect.unreachable();
  const ended = messages.find((message) => message.type === 'ended') ?? expect.unreachable();
  return {
    runId,
    experiment: parseExperiment(configuration) as TranslateExperiment,
    trained: { fitted: prepared.fitted, weights: ended.best!.weights },
    scores: ended.scores.filter(({ subject, part }) => subject === 'model' && part === 'test'),
  };
}

const GRU = await trained(1, {});
const OTHER_SEED = await trained(2, { seed: 9 });
const ATTENTION = await trained(3, { model: { kind: 'attention', units: 16, heads: 2, layers: 1 } });
type Member = Awaited<ReturnType<typeof trained>>;

function together(
  members: readonly Member[],
  way: EnsembleWay = 'mean',
  withTable = false,
  progress: JobEnvironment['progress'] = () => {},
) {
  const jobs = members.map(({ runId, experiment, trained: model }) => ({
    workspacePath: '',
    datasetVersionId: 1,
    experiment,
    model,
    runId: runId as RunId,
  }));
  return ensembleJob.run(
    { members: jobs, way, withTable },
    { openSource: openSource as JobEnvironment['openSource'], progress },
  );
}

const metricOf = (scores: readonly { metric: string; value: number }[], metric: string): number =>
  scores.find((score) => score.metric === metric)!.value;

test.each([
  ['recurrent', GRU],
  ['attention alone', ATTENTION],
])('a run put together with itself has its own scores: %s', async (_name, run) => {
  const { scores, weights, windows } = await together([run, run, run]);
  expect(weights).toEqual([1 / 3, 1 / 3, 1 / 3]);
  expect(windows).toBeGreaterThan(20);
  for (const { metric, value, subject } of scores) {
    expect(subject).toBe('ensemble');
    expect(value, metric).toBeCloseTo(metricOf(run.scores, metric), 9);
  }
  expect(scores).toHaveLength(run.scores.length);
});

test.each([
  ['recurrent ones', [GRU, OTHER_SEED]],
  ['recurrent ones and attention alone', [GRU, ATTENTION, OTHER_SEED]],
])('the probability of a token is the mean of those of its members: %s', async (_name, given) => {
  await selectBackend('simd', { allowFallback: false, threads: 1 });
  const { fitted } = given[0]!.trained as { fitted: { source: Tokens; target: Tokens } };
  const sizes = { source: sizeOf(fitted.source), target: sizeOf(fitted.target) };
  const { model, weight, members, parameters } = openMembers(given, sizes);
  const read = [Int32Array.of(2, 3, 4, 1), Int32Array.of(4, 2, 1)];
  const written = [
    [1, 3, 2],
    [1, 4, 4],
  ];
  const sharesOf = (of: { readonly model: typeof model; readonly weight: typeof weight }): Float32Array =>
    tf.tidy(() => {
      const memory = of.model.encode(tokenField(read), of.weight, {});
      const { logits } = of.model.decode(tf.tensor2d(written, [2, 3], 'int32'), memory, {
        weight: of.weight,
        pass: {},
      });
      return Float32Array.from(tf.exp(logSoftmax(logits)).dataSync());
    });
  const all = members.map(sharesOf);
  const mean = all[0]!.map((_, index) => all.reduce((sum, shares) => sum + shares[index]!, 0) / all.length);
  const found = sharesOf({ model, weight });
  parameters.dispose();
  expect(found).toHaveLength(mean.length);
  for (const [index, share] of mean.entries()) expect(found[index]).toBeCloseTo(share, 5);
  expect(Math.max(...all[0]!.map((share, index) => Math.abs(share - all[1]![index]!)))).toBeGreaterThan(0.01);
});

interface Tokens {
  readonly tokens: readonly string[];
}
/** With the unknown token and the end sign. */
const sizeOf = ({ tokens }: Tokens): number => tokens.length + 2;

test('what it writes, alone and among others, is what its table says; members look together', async () => {
  const members = [GRU, OTHER_SEED, ATTENTION] as const;
  const { table, scores } = await together(members, 'mean', true);
  const [header, ...lines] = table!.trim().split('\n');
  expect(header).toMatch(/^sample,name,source,reference,written,edits/);
  const cells = lines.map((line) => line.split(','));
  const exact = cells.filter(([, , , reference, written]) => reference === written).length;
  expect(exact / cells.length).toBeCloseTo(metricOf(scores, 'exact-match'), 9);
  await selectBackend('simd', { allowFallback: false, threads: 1 });
  const { beam, lengthPenalty } = GRU.experiment.task;
  const few = cells.slice(0, 5);
  const found = translateTexts(
    members,
    few.map(([, , source]) => source!),
    { beam, lengthPenalty },
  );
  expect(found.map(({ text }) => text)).toEqual(few.map(([, , , , written]) => written));
  for (const { alignment, text } of found) {
    expect(alignment!.written).toHaveLength([...text].length + 1);
    for (const line of alignment!.shares)
      expect(line.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
  }
});

test('it says how many texts are written, from none to all, and by how much of the work', async () => {
  const task = { ...CONFIGURATION.task, beam: 32 };
  const wide = { ...GRU, experiment: parseExperiment({ ...GRU.experiment, task }) as TranslateExperiment };
  const heard: JobProgress[] = [];
  const { windows } = await together([wide, wide], 'mean', false, (reached) => heard.push(reached!));
  expect(heard.length).toBeGreaterThan(3);
  expect(heard.map(({ done }) => done)).toEqual(
    [...heard.keys()].map((batch) => Math.min(8 * batch, windows)),
  );
  expect(heard.map(({ total }) => total)).toEqual(heard.map(() => windows));
  expect([heard[0]!.fraction, heard.at(-1)!.fraction]).toEqual([0, 1]);
  // The short ones come first.
  for (const { done, total, fraction } of heard.slice(1, -1)) {
    expect(fraction).toBeGreaterThan(0);
    expect(fraction).toBeLessThanOrEqual(done / total);
  }
});

test('together they write no longer than each of them can', async () => {
  const task = { ...CONFIGURATION.task, mostSteps: 30 };
  const long = await trained(4, { task, training: { ...CONFIGURATION.training, epochs: 1 } });
  // It keeps the positions of 8 tokens, and the end signs beside them.
  for (const members of [
    [long, ATTENTION],
    [ATTENTION, long],
  ] as const) {
    const { scores } = await together(members);
    expect(metricOf(scores, 'edit-rate')).toBeGreaterThan(0);
    await selectBackend('simd', { allowFallback: false, threads: 1 });
    const write = (text: string) => translateTexts(members, [text], { beam: 1, lengthPenalty: 0 });
    expect(write('abcdabcd')[0]!.text.length).toBeLessThanOrEqual(8);
    expect(() => write('abcdabcda')).toThrow('has 9 tokens, and these runs together read at most 8');
  }
});

test('what has no mean is refused in a sentence', async () => {
  await expect(together([GRU, OTHER_SEED], 'median')).rejects.toThrow(
    'Runs that translate are put together by the mean of their probabilities, not by "median"; choose mean.',
  );
  const { fitted } = GRU.trained as { fitted: { target: Tokens } };
  const strange = {
    ...OTHER_SEED,
    trained: { ...OTHER_SEED.trained, fitted: { ...fitted, target: { ...fitted.target, tokens: ['A'] } } },
  };
  await expect(together([GRU, strange])).rejects.toThrow('Runs 1 and 2 read or write other tokens');
});
