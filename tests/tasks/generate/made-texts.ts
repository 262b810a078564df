// Texts with a rule that can be learned: each word is one of a few, and what follows depends on it.
import { createHash } from 'node:crypto';
import { createNumbers } from '../../../engine/data/generated/random.ts';
import type { SampleTable } from '../../../engine/data/samples/sample-table.ts';

const AFTER: Readonly<Record<string, readonly string[]>> = {
  the: ['whale', 'sea'],
  whale: ['swims', 'sings'],
  sea: ['rises', 'falls'],
  swims: ['and', 'in'],
  sings: ['and', 'in'],
  rises: ['and'],
  falls: ['and'],
  and: ['the'],
  in: ['the'],
};

export function madeText(words: number, seed = 3): string {
  const { integer } = createNumbers(seed);
  const found = ['the'];
  while (found.length < words) {
    const next = AFTER[found.at(-1)!]!;
    found.push(next[integer(next.length)]!);
  }
  return found.join(' ');
}

export function textTable(texts: readonly string[]): SampleTable {
  return {
    rows: texts.length,
    names: texts.map((_, row) => `text ${row + 1}`),
    groups: texts.map(() => ''),
    parts: texts.map(() => ''),
    hashes: texts.map((text) => createHash('sha256').update(text).digest('hex')),
    columns: [{ name: 'text', kind: 'text', texts }],
  };
}

/** One long text, cut by position. */
export const LONG = {
  name: 'sea',
  dataset: { name: 'sea' },
  task: { kind: 'generate', input: 'text', window: 16, embedding: 8, sampleTokens: 20 },
  model: { kind: 'lstm', units: 24 },
  split: { kind: 'fraction', train: 0.8, validation: 0.1 },
  pipeline: [],
  training: { epochs: 6, batchSize: 8, optimizer: { kind: 'adam', learningRate: 0.02 }, probe: false },
};
