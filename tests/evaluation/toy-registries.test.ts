// A metric and a baseline are one file each and a line in their registries: these two, which Hindcast does not have, are scored,
// ranked by "higher is better", compared, reported and named in sentences by the same code as any other.
import { expect, test, vi } from 'vitest';
import type { Score } from '../../engine/contract/runs/run.ts';
import { asForecastTask } from '../../engine/contract/tasks/forecast.ts';
import { CATALOGUE } from '../../engine/evaluation/catalogue.ts';
import { scoreTables } from '../../engine/export/report/scores.ts';
import { scoreTable } from '../../engine/hosts/cli/verbs/run-text.ts';
import type { OutboxMessage } from '../../engine/hosts/trainer/outbox.ts';
import { runTrainJob } from '../../engine/hosts/trainer/train-job.ts';
import { protocolGroups } from '../../engine/services/runs/comparison.ts';
import { standingOf } from '../../engine/services/runs/standing.ts';
import { parseExperiment } from '../../engine/services/runs/start.ts';
import { baselineWarning } from '../../engine/words/scores/baseline-check.ts';
import { makeSeries, wave } from '../data/made-series.ts';
import { cannedRun } from '../hosts/cli/canned.ts';

vi.mock('../../engine/evaluation/metrics/registry.ts', async (original) => {
  const module = await original<typeof import('../../engine/evaluation/metrics/registry.ts')>();
  const { withinOne } = await import('./toy/within-one.ts');
  const METRICS = [...module.METRICS, withinOne];
  return { METRICS, findMetric: (name: string, metrics = METRICS) => module.findMetric(name, metrics) };
});
vi.mock('../../engine/evaluation/baselines/registry.ts', async (original) => {
  const { BASELINES } = await original<typeof import('../../engine/evaluation/baselines/registry.ts')>();
  const { twoBefore } = await import('./toy/two-before.ts');
  return { BASELINES: [...BASELINES, twoBefore] };
});

const configuration = parseExperiment({
  name: 'toy',
  dataset: { name: 'waves' },
  task: { kind: 'forecast', targets: ['y'], lookback: 6, horizon: 2, metrics: ['within-one', 'mae'] },
  model: { kind: 'rnn', units: 1 },
  training: { epochs: 1, batchSize: 64 },
});
const values = wave(200);

async function train(): Promise<readonly Score[]> {
  const messages: OutboxMessage[] = [];
  await runTrainJob({
    job: {
      type: 'train',
      hold: null,
      workspacePath: '',
      datasetVersionId: 1,
      experiment: configuration,
      checkpoint: null,
      threads: { now: 1, most: 1, fixed: true },
    },
    outbox: { send: async (message) => void messages.push(message), stored: () => {} },
    openSource: async () => ({
      datasetName: 'waves',
      read: async () => [makeSeries({ y: values })],
      close: () => {},
    }),
    now: () => 0,
    stopRequests: () => 0,
    threadsNow: () => 1,
  });
  const ended = messages.find((message) => message.type === 'ended') ?? expect.unreachable();
  return ended.scores;
}

const scores = await train();
const wanted = { metric: 'within-one', unit: 'original' };

/** Of the test part, counted row by row. */
function shareWithinOne(): number {
  const near: number[] = [];
  for (let origin = 169; origin + 2 < 200; origin += 1) {
    for (const step of [1, 2]) near.push(Math.abs(values[origin + step]! - values[origin - 2]!) < 1 ? 1 : 0);
  }
  return near.reduce((sum, one) => sum + one, 0) / near.length;
}

const testScore = (subject: string, metric = 'within-one') =>
  scores.find((score) => score.part === 'test' && score.subject === subject && score.metric === metric)!;

test('it is scored beside model and the other baselines, on the same cells', () => {
  expect(testScore('two-before').value).toBeCloseTo(shareWithinOne(), 12);
  expect(testScore('two-before').count).toBe(testScore('model').count);
  expect(testScore('two-before', 'mae').value).toBeGreaterThan(0);
});

test('the best baseline is the one with the highest share', () => {
  const shares = scores.filter(
    ({ part, subject, metric }) => part === 'test' && subject !== 'model' && metric === 'within-one',
  );
  const highest = Math.max(...shares.map(({ value }) => value));
  expect(Math.min(...shares.map(({ value }) => value))).toBeLessThan(highest);
  expect(standingOf(scores, wanted)).toMatchObject({ testMetric: 'within-one', bestBaselineScore: highest });
});

test('it appears in the tables of terminal, report and comparison', () => {
  const run = cannedRun({ configuration, scores: [...scores], modelKind: 'rnn' });
  const text = scoreTable(run, { style: {} }) ?? '';
  expect(text).toMatch(/MAE/);
  expect(text).toContain('Within 1');
  expect(text).toMatch(/test +two-before +\d[\d.]* %/);
  const report = scoreTables(run, asForecastTask(configuration.task).targets);
  expect(report).toContain('<th class="n">Within 1</th>');
  expect(report).toContain('<td>two-before</td>');
  const [group] = protocolGroups([run]);
  expect(group!.rows.map(({ label }) => label)).toContain('two-before');
});

test('a run that loses by it is described in the words of both files', () => {
  const pair = (subject: string, value: number): Score => ({ ...testScore(subject), value });
  const run = cannedRun({ configuration, scores: [pair('model', 0.25), pair('two-before', 0.75)] });
  expect(baselineWarning(run, String, CATALOGUE)).toMatch(
    /^Worse than the baseline two-before: test within 1 25 % against 75 %\. /,
  );
});
