// The whole chain on long-memory problems, through the built command: generated data, import, training, scores. Small enough for
// every test run; README has the commands for the sizes in the literature.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { addingProblem, copyMemory, generatedSample } from '../../engine/data/generated/long-memory.ts';
import { projectRoot } from '../../engine/hosts/node/paths.ts';
import { runCommand } from '../hosts/command.ts';

const folder = mkdtempSync(join(tmpdir(), 'hindcast-memory-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const workspace = join(folder, 'memory.hindcast');

interface Problem {
  readonly sample: 'adding-lstm' | 'copy-lstm';
  readonly data: string;
  readonly lookback: number;
  /** Fields of `training`. */
  readonly steps?: object;
}

/** Trains on a smaller problem than the sample's; the result of `train --json`. */
async function trained({ sample, data, lookback, steps = {} }: Problem, model: object, epochs: number) {
  const training = {
    epochs,
    batchSize: 32,
    optimizer: { kind: 'adam', learningRate: 0.005 },
    schedule: { kind: 'constant' },
    earlyStopping: null,
    ...steps,
  };
  const settings = {
    dataset: { name: data, sample: `${data}.csv` },
    'task.lookback': lookback,
    model,
    training,
  };
  const set = Object.entries(settings).flatMap(([path, value]) => [
    '--set',
    `${path}=${JSON.stringify(value)}`,
  ]);
  const file = join(projectRoot, 'samples', `${sample}.json`);
  const { code, stdout, stderr } = await runCommand([
    'train',
    file,
    '--workspace',
    workspace,
    '--json',
    ...set,
  ]);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as { bestValidationLoss: number; testScore: number };
}

/** Variance of the sum of two uniform numbers. */
const MEMORYLESS_SUM = 1 / 6;
const adding: Problem = { sample: 'adding-lstm', data: 'adding-problem-30x2000', lookback: 30 };

describe('adding problem, T = 30', () => {
  it.each([
    ['lstm', { kind: 'lstm', units: 32 }],
    ['gru', { kind: 'gru', units: 32 }],
  ])('%s adds', async (_, model) => {
    const { testScore } = await trained(adding, model, 12);
    expect(testScore).toBeLessThan(MEMORYLESS_SUM / 10);
  });
  it('the plain network does not', async () => {
    const { testScore } = await trained(adding, { kind: 'rnn', units: 32 }, 6);
    expect(testScore).toBeGreaterThan(MEMORYLESS_SUM / 2);
  });
  it('attention adds', async () => {
    const model = { kind: 'attention', units: 16, heads: 2, layers: 1, feedForward: 32 };
    const { testScore } = await trained(adding, model, 10);
    expect(testScore).toBeLessThan(MEMORYLESS_SUM / 10);
  });
});

const MEMORYLESS_SYMBOL = Math.log(8);
const copying: Problem = { sample: 'copy-lstm', data: 'copy-memory-5x1000', lookback: 15 };

describe('copy memory, 5 blanks', () => {
  const model = { kind: 'encoder-decoder', cell: 'gru', units: 32 };
  it('attention over the states of the encoder copies; one state is a bottleneck', async () => {
    const looking = await trained(copying, model, 12);
    const remembering = await trained(copying, { ...model, attention: false }, 4);
    expect(looking.bestValidationLoss).toBeLessThan(MEMORYLESS_SYMBOL / 10);
    expect(remembering.bestValidationLoss).toBeGreaterThan(MEMORYLESS_SYMBOL / 4);
  });
});

const keeping: Problem = {
  sample: 'copy-lstm',
  data: 'copy-memory-20x2000',
  lookback: 30,
  steps: { batchSize: 16, optimizer: { kind: 'adam', learningRate: 0.01 } },
};
/** Halfway between 2.0, where nothing is remembered yet, and 1.7, where it is known which symbols there were, not yet their positions. */
const KNOWN_SYMBOLS = 1.85;

describe('copy memory, 20 blanks, chrono initialisation', () => {
  it.each(['lstm', 'gru'])('%s remembers at once, without it not yet', async (kind) => {
    const chrono = await trained(keeping, { kind, units: 64, chronoSteps: 30 }, 2);
    const plain = await trained(keeping, { kind, units: 64 }, 2);
    expect(chrono.bestValidationLoss).toBeLessThan(KNOWN_SYMBOLS);
    expect(plain.bestValidationLoss).toBeGreaterThan(KNOWN_SYMBOLS);
  });
  it('and the GRU learns their positions', async () => {
    const { bestValidationLoss } = await trained(keeping, { kind: 'gru', units: 64, chronoSteps: 30 }, 6);
    expect(bestValidationLoss).toBeLessThan(1.4);
  });
});

describe('generated data', () => {
  it('adding: two marks a sequence, one in each half; the sum comes after them', () => {
    const [header, ...sequences] = addingProblem({ steps: 7, sequences: 20 });
    expect(header).toBe('time,value,marker,sum\n');
    expect(sequences).toHaveLength(20);
    for (const sequence of sequences) {
      const rows = sequence
        .trimEnd()
        .split('\n')
        .map((line) => line.split(','));
      expect(rows).toHaveLength(8);
      const marked = rows.flatMap(([, , marker], step) => (marker === '1' ? [step] : []));
      expect(marked).toHaveLength(2);
      expect(marked[0]).toBeLessThan(3);
      expect(marked[1]).toBeGreaterThanOrEqual(3);
      const sum = marked.reduce((total, step) => total + Number(rows[step]![1]), 0);
      expect(Number(rows[7]![3])).toBeCloseTo(sum, 10);
      expect(rows.slice(0, 7).every((row) => row[3] === '')).toBe(true);
    }
    const times = sequences
      .join('')
      .trimEnd()
      .split('\n')
      .map((line) => Date.parse(line.split(',')[0]!));
    expect(times.every((time, row) => time === times[0]! + 1000 * row)).toBe(true);
  });

  it('copy: ten symbols, blanks, the sign, and the shares of the same symbols', () => {
    for (const sequence of [...copyMemory({ steps: 4, sequences: 5 })].slice(1)) {
      const rows = sequence
        .trimEnd()
        .split('\n')
        .map((line) => line.split(','));
      expect(rows.slice(10, 14).map((row) => row[1])).toEqual(['blank', 'blank', 'blank', 'go']);
      const due = rows.slice(14).map((row) => 'abcdefgh'[row.slice(2).indexOf('1')]);
      expect(due).toEqual(rows.slice(0, 10).map((row) => row[1]));
      expect(rows.slice(0, 14).every((row) => row.slice(2).every((cell) => cell === ''))).toBe(true);
    }
  });

  it('comes by name, the same each time; not for names or sizes that make no sense', () => {
    const text = () => [...generatedSample('copy-memory-3x4.csv')!].join('');
    expect(text()).toBe(text());
    for (const name of ['adding-problem-1x5.csv', 'adding-problem-99999x99999.csv', 'sp500-2000.csv']) {
      expect(generatedSample(name)).toBeNull();
    }
  });
});
