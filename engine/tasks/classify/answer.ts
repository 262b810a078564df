// What a trained classifier says of new samples, or of the windows of newer rows.
import { z } from 'zod';
import { HindcastError } from '../../contract/errors.ts';
import type { ClassifyExperiment } from '../../contract/tasks/classify-experiment.ts';
import { ClassifyFrame, type Decision } from '../../contract/tasks/classify-frame.ts';
import type { SampleTable } from '../../data/samples/sample-table.ts';
import { createParameterSet, type WeightLookup } from '../../models/parameters.ts';
import { decodeWeights } from '../../training/weights.ts';
import { columnOf } from '../sample-split.ts';
import { type Ahead, samplesOf, seriesOf, type TaskData } from '../task-kind.ts';
import { lengths } from './batches.ts';
import { restoreInput } from './inputs/registry.ts';
import { answersFor, classifyFrame, finished, openClassify } from './machine.ts';
import { modelFor } from './model.ts';
import { prepareClassify } from './prepare.ts';
import { sourceTable } from './source-table.ts';
import { windowsOfNewRows } from './window-samples.ts';

const FittedSchema = z.object({
  version: z.literal(1),
  classes: z.array(z.string()).min(2),
  positive: z.int(),
  mostSteps: z.int().optional(),
  input: z.unknown(),
});

const SIZE = 64;

/** @throws HindcastError `unknown-column` where the samples lack the input, and for damaged weights. */
export async function answerSamples(
  experiment: ClassifyExperiment,
  { data, trained, ownData, selectBackend }: Ahead,
): Promise<Uint8Array<ArrayBuffer>> {
  const { task } = experiment;
  const table = task.window
    ? windowsOfNewRows(task, task.window, {
        series: seriesOf(data).series,
        own: seriesOf(await ownData()).series,
      })
    : samplesOf(data).samples;
  const { classes, input: state } = fittedOf(trained.fitted);
  const input = restoreInput(state, columnOf(table, task.input), task);
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row);
  const longest = rows.reduce((most, row) => Math.max(most, lengths(input)(row)), 1);
  const weights = decodeWeights(trained.weights);
  const model = modelFor(experiment, {
    input,
    classes: classes.length,
    mostSteps: Math.max(longest, learnedSteps(weights)),
  });
  const own = task.decision === 'threshold' ? await ownData() : null;
  await selectBackend();
  const parameters = createParameterSet(model.specs, weights);
  try {
    const probabilities = finished(
      answersFor({ input, model, rows, classes: classes.length, size: SIZE }, parameters.weight),
    );
    const truth = truthOf(table, task.label, classes);
    const decision = own ? decisionOf(experiment, own, parameters.weight) : undefined;
    return ClassifyFrame.encode(
      classifyFrame({
        prepared: { table, classes },
        part: 'future',
        label: task.label,
        rows,
        probabilities,
        truth,
        decision,
      }),
    );
  } finally {
    parameters.dispose();
  }
}

/** As it was chosen for the scores: on the validation part of what the run was trained on. */
function decisionOf(
  experiment: ClassifyExperiment,
  own: TaskData,
  weight: WeightLookup,
): Decision | undefined {
  const prepared = prepareClassify(experiment, sourceTable(experiment, own), own.name);
  const frame = openClassify(experiment, prepared).predict(weight, 'validation');
  return ClassifyFrame.decode(frame).header.decision;
}

export function fittedOf(fitted: unknown): z.infer<typeof FittedSchema> {
  const found = FittedSchema.safeParse(fitted);
  if (found.success) return found.data;
  throw new HindcastError(
    'invalid-input',
    'What this run learned of its data cannot be read; train the run again.',
  );
}

/** Learned positions have a row for each step. */
export const learnedSteps = (weights: ReturnType<typeof decodeWeights>): number =>
  weights.find(({ name }) => name.startsWith('positions'))?.shape[0] ?? 1;

/** Where the new samples have labels. */
function truthOf(table: SampleTable, label: string, classes: readonly string[]): Int32Array {
  const column = table.columns.find(({ name }) => name === label);
  if (column?.kind !== 'category') return new Int32Array(table.rows).fill(-1);
  return Int32Array.from(column.codes, (code) => classes.indexOf(column.categories[code] ?? ''));
}
