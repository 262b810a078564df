// Samples without labels teach no classes: the refusal says how to give labels.
import { expect, test } from 'vitest';
import { parseExperiment } from '../../../engine/services/runs/start.ts';
import { imported, ownFolder } from '../../data/samples/imported.ts';

const { file } = ownFolder();

const records = (header: (row: number) => string): string =>
  Array.from({ length: 8 }, (_, row) => `>${header(row)}\nACGTACG${'ACGT'[row % 4]}\n`).join('');

const CONFIGURATION = { name: 'a', dataset: { name: 'genes' }, model: { kind: 'gru' } };

async function factsOf(header: (row: number) => string) {
  const { samples, columns } = await imported(file('genes.fasta', records(header)), {});
  return { columns, rows: samples!.rows, samples: samples!.info } as unknown as Parameters<
    typeof parseExperiment
  >[1];
}

test.each([
  ['classify', 'task.label'],
  ['tag', 'task.labels'],
])('%s refuses them in one sentence', async (kind, field) => {
  const configuration = { ...CONFIGURATION, task: { kind } };
  const facts = await factsOf((row) => `s${row}`);
  expect(() => parseExperiment(configuration, facts)).toThrow(
    `The experiment cannot be used: ${field} is missing, because the samples have no labels: import them again with a column of labels, a folder for each class or, in FASTA and FASTQ, label=... in each header`,
  );
});

test('with labels in their headers they are taken', async () => {
  const facts = await factsOf((row) => `s${row} label=${'ab'[row % 2]}`);
  const { task } = parseExperiment({ ...CONFIGURATION, task: { kind: 'classify' } }, facts);
  expect(task).toMatchObject({ input: 'sequence', label: 'label' });
});
