// Texts whose words give their class away, as a source for training jobs.
import { createHash } from 'node:crypto';
import { createNumbers } from '../../../engine/data/generated/random.ts';
import type { SampleTable } from '../../../engine/data/samples/sample-table.ts';
import type { OutboxMessage } from '../../../engine/hosts/trainer/outbox.ts';
import type { OpenSource } from '../../../engine/hosts/trainer/prepare-job.ts';
import { runTrainJob } from '../../../engine/hosts/trainer/train-job.ts';
import { parseExperiment } from '../../../engine/services/runs/start.ts';

const FILLER = 'the movie was and it felt for me today when we went there with all of them'.split(' ');
const WORDS: Readonly<Record<string, readonly string[]>> = {
  bad: 'awful poor sad dull broken nasty'.split(' '),
  good: 'great lovely fine superb happy bright'.split(' '),
};

/** Two of the words are of the class, in any position. */
export function madeSamples(rows: number, seed = 7, labels: 'true' | 'shuffled' = 'true'): SampleTable {
  const { integer } = createNumbers(seed);
  const pick = (words: readonly string[]) => words[integer(words.length)]!;
  const classes = Object.keys(WORDS);
  const truths = Array.from({ length: rows }, () => integer(2));
  const texts = truths.map((truth) => {
    const words = Array.from({ length: 3 + integer(12) }, () => pick(FILLER));
    for (let count = 0; count < 2; count++)
      words.splice(integer(words.length + 1), 0, pick(WORDS[classes[truth]!]!));
    return words.join(' ');
  });
  const said = labels === 'true' ? truths : truths.map(() => integer(2));
  return tableOf(
    texts,
    said.map((truth) => classes[truth]!),
  );
}

export function tableOf(
  texts: readonly string[],
  labels: readonly string[],
  extra: Partial<SampleTable> = {},
): SampleTable {
  const categories = [...new Set(labels)].toSorted();
  return {
    rows: texts.length,
    names: texts.map((_, row) => `line ${row + 1}`),
    groups: texts.map(() => ''),
    parts: texts.map(() => ''),
    hashes: texts.map((text) => createHash('sha256').update(text).digest('hex')),
    columns: [
      { name: 'text', kind: 'text', texts },
      {
        name: 'label',
        kind: 'category',
        codes: Float64Array.from(labels, (label) => categories.indexOf(label)),
        categories,
      },
    ],
    ...extra,
  };
}

export const CONFIGURATION = {
  name: 'reviews',
  dataset: { name: 'reviews' },
  task: { kind: 'classify', input: 'text', label: 'label', embedding: 8 },
  model: { kind: 'gru', units: 8, bidirectional: false },
  training: { epochs: 8, batchSize: 16, optimizer: { kind: 'adam', learningRate: 0.02 } },
};

export const sourceOf =
  (table: SampleTable): OpenSource =>
  async () => ({
    datasetName: 'reviews',
    read: async () => [],
    readSamples: async () => table,
    close: () => {},
  });

/** What the training process tells its host. */
export async function trainOn(
  table: SampleTable,
  configuration: object = CONFIGURATION,
  options: { readonly checkpoint?: Uint8Array; readonly stopAfter?: number } = {},
): Promise<OutboxMessage[]> {
  const messages: OutboxMessage[] = [];
  let steps = 0;
  await runTrainJob({
    job: {
      type: 'train',
      workspacePath: '',
      datasetVersionId: 1,
      experiment: parseExperiment(configuration),
      checkpoint: options.checkpoint ?? null,
      hold: null,
      threads: { now: 1, most: 1, fixed: true },
    },
    outbox: { send: async (message) => void messages.push(message), stored: () => {} },
    openSource: sourceOf(table),
    now: () => 0,
    stopRequests: () => (options.stopAfter !== undefined && steps++ >= options.stopAfter ? 1 : 0),
    threadsNow: () => 1,
  });
  return messages;
}

/** Of texts that are read, each with the one that belongs to it. */
export function pairTable(pairs: readonly (readonly [string, string])[]): SampleTable {
  return {
    rows: pairs.length,
    names: pairs.map((_, row) => `line ${row + 1}`),
    groups: pairs.map(() => ''),
    parts: pairs.map(() => ''),
    hashes: pairs.map(([source]) => createHash('sha256').update(source).digest('hex')),
    columns: [
      { name: 'source', kind: 'text', texts: pairs.map(([source]) => source) },
      { name: 'target', kind: 'text', texts: pairs.map(([, target]) => target) },
    ],
  };
}
