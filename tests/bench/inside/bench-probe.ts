// What the probe costs: the time of its looks over the processor time of the whole training. Each training is repeated in fresh processes,
// as the first look of a process is the longest, and of each look the middle one counts: other programs come in between.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ProbeCase, ProbeTimes } from './probe-case.ts';
import { say } from './say.ts';

const CASES: readonly (readonly [string, object, object])[] = [
  ['lstm, 64 units, 96 steps', { kind: 'lstm', units: 64 }, { lookback: 96, horizon: 24 }],
  [
    'gru, 2 layers of 32 units, 48 steps',
    { kind: 'gru', units: 32, layers: 2 },
    { lookback: 48, horizon: 24 },
  ],
  ['rnn, 16 units, 24 steps', { kind: 'rnn', units: 16 }, { lookback: 24, horizon: 6 }],
  [
    'attention, 2 layers, 4 heads, 96 steps',
    { kind: 'attention', units: 32, heads: 4, layers: 2 },
    { lookback: 96, horizon: 24 },
  ],
];
/** Trainings of less are repeated more often: a look is short, and what disturbs it is not. */
const SHORT_MS = 2_000;
const [FEW, MANY] = [2, 7];

export async function benchProbe(): Promise<void> {
  for (const [name, model, task] of CASES) {
    for (const rows of [1_000, 10_000]) {
      const epochs = Math.max(2, Math.round(40_000 / rows));
      const { looksMs, trainingMs } = await middleOf({ model, task, rows, epochs });
      const share = looksMs.reduce((sum, one) => sum + one, 0) / trainingMs;
      const of = `${looksMs.length} looks, ${epochs} epochs, ${(trainingMs / 1_000).toFixed(2)} s`;
      say(`probe of ${name}, ${rows} rows (${of})`, 100 * share, 2, '%');
    }
  }
}

async function middleOf(asked: ProbeCase): Promise<ProbeTimes> {
  const all = [await measure(asked)];
  while (all.length < (all[0]!.trainingMs < SHORT_MS ? MANY : FEW)) all.push(await measure(asked));
  return {
    looksMs: all[0]!.looksMs.map((_, look) => middle(all.map(({ looksMs }) => looksMs[look]!))),
    trainingMs: middle(all.map(({ trainingMs }) => trainingMs)),
  };
}

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!;

async function measure(asked: ProbeCase): Promise<ProbeTimes> {
  const program = join(import.meta.dirname, 'probe-case.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(asked)]);
  return JSON.parse(stdout) as ProbeTimes;
}
