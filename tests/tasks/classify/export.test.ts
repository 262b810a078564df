// Trained classifiers become files of stock TensorFlow.js, which answers as the run does; a card says how to make its numbers.
import { expect, test } from 'vitest';
import type { ExportedRun } from '../../../engine/contract/processes/jobs/export.ts';
import { createNumbers } from '../../../engine/data/generated/random.ts';
import type { SampleTable } from '../../../engine/data/samples/sample-table.ts';
import { ClassifierCardSchema } from '../../../engine/export/tfjs/classifier-card.ts';
import { parseExperiment } from '../../../engine/services/runs/start.ts';
import { prepareTask } from '../../../engine/tasks/task-of.ts';
import { CONFIGURATION, madeSamples, tableOf, trainOn } from './made-samples.ts';

const ABOUT = {
  name: 'reviews',
  description: '',
  training: {
    dataset: 'reviews',
    datasetVersion: 1,
    dataHash: 'a',
    fingerprint: null,
    weightsHash: null,
    seed: 1,
  },
  trainedOn: { dataset: 'reviews', reading: {}, series: [] },
  scores: [],
} satisfies ExportedRun;

async function exportedBy(table: SampleTable, configuration: object) {
  const messages = await trainOn(table, configuration);
  const ended = messages.find((message) => message.type === 'ended') ?? expect.unreachable();
  const prepared = prepareTask(parseExperiment(configuration), {
    kind: 'samples',
    name: 'reviews',
    samples: table,
  });
  const machine = await prepared.open();
  const trained = { fitted: prepared.fitted, weights: ended.best!.weights };
  const files = await machine.exportModel!({ trained, about: ABOUT, threads: 1 });
  const textOf = (name: string) =>
    new TextDecoder().decode(files.find((file) => file.name === name)?.data ?? expect.unreachable());
  return { names: files.map(({ name }) => name), card: JSON.parse(textOf('card.json')) as unknown };
}

const TEXTS = madeSamples(80);
const { integer } = createNumbers(9);
const codes = Array.from({ length: 60 }, () => Array.from({ length: 9 }, () => 'ACGT'[integer(4)]).join(''));
const CODES = tableOf(
  codes,
  codes.map((_, row) => (row % 2 ? 'a' : 'b')),
);
const quick = { ...CONFIGURATION.training, epochs: 1 };
const of = (task: object, model: object) => ({
  ...CONFIGURATION,
  task: { ...CONFIGURATION.task, ...task },
  model,
  training: quick,
});

test.each([
  [
    'texts of any length, both ways, the largest',
    TEXTS,
    of({ readout: 'max' }, { kind: 'gru', units: 6, bidirectional: true }),
  ],
  [
    'the last state',
    TEXTS,
    of({ readout: 'last' }, { kind: 'lstm', units: 6, layers: 2, bidirectional: true }),
  ],
  ['a mean with learned weights', TEXTS, of({ readout: 'attention' }, { kind: 'rnn', units: 6 })],
  ['a mean of dense steps', TEXTS, of({ readout: 'mean' }, { kind: 'dense', units: 6 })],
  [
    'a mean of runs of letters',
    TEXTS,
    of({ readout: 'mean', tokens: { by: 'runs', longestRun: 3 } }, { kind: 'dense', layers: 0 }),
  ],
  [
    'attention over texts of any length, their mean',
    TEXTS,
    of({ readout: 'mean' }, { kind: 'attention', units: 8, heads: 2, layers: 2 }),
  ],
  [
    'causal attention over texts of any length, the largest, learned positions',
    TEXTS,
    of(
      { readout: 'max' },
      { kind: 'attention', units: 8, heads: 2, layers: 1, causal: true, positions: 'learned' },
    ),
  ],
  [
    'attention over codes of one length',
    CODES,
    of(
      { readout: 'flatten', tokens: { by: 'characters', fewest: 1 } },
      { kind: 'attention', units: 8, heads: 2, layers: 1 },
    ),
  ],
])('%s', async (_name, table, configuration) => {
  const { names, card } = await exportedBy(table, configuration);
  expect(names).toEqual(['model.json', 'weights.bin', 'card.json']);
  const { verified, output, input, version, fitted } = ClassifierCardSchema.parse(card);
  expect(version).toBe(2);
  expect(verified.samples).toBeGreaterThan(5);
  expect(verified.largestDifference).toBeLessThan(1e-5);
  expect(output.classes).toHaveLength(2);
  expect(input).toMatchObject({ kind: 'tokens', steps: table === CODES ? 9 : null });
  expect(fitted).toMatchObject({ input: { kind: 'text', tokenizer: {}, tokens: expect.any(Array) } });
});

test('what has no graph for samples of several lengths is refused with what to do', async () => {
  const configuration = of({ readout: 'last' }, { kind: 'attention', units: 8, heads: 2, layers: 1 });
  await expect(exportedBy(TEXTS, configuration)).rejects.toThrow(/samples of one length.*csv/);
});
