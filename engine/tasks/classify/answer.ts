// What a trained classifier says of new samples, or of the windows of newer rows.
import { z } from 'zod';
import type { ClassifyExperiment } from '../../contract/tasks/classify-experiment.ts';
import { ClassifyFrame } from '../../contract/tasks/classify-frame.ts';
import type { SampleTable } from '../../data/samples/sample-table.ts';
import { normalised } from '../../evaluation/classes/normalised.ts';
import { answersToNew } from '../per-sample/answer-new.ts';
import { readFitted } from '../read-fitted.ts';
import { type Ahead, samplesOf, seriesOf, type TaskData, type TaskMachine } from '../task-kind.ts';
import { classifyFrame, openClassify } from './machine.ts';
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

/** @throws HindcastError `unknown-column` where the samples lack the input, and for damaged weights. */
export async function answerSamples(
  experiment: ClassifyExperiment,
  ahead: Ahead,
): Promise<Uint8Array<ArrayBuffer>> {
  const { task } = experiment;
  const table = await newTable(experiment, ahead);
  const { classes, input: state } = fittedOf(ahead.trained.fitted);
  const { rows, answers, validation, unknown } = await answersToNew({
    experiment,
    ahead,
    table,
    state,
    outputs: classes.length,
    writer: 'classes',
    answered: (values) => normalised(values, classes.length),
    ...(task.decision === 'threshold' && {
      openOwn: async () => machineOf(experiment, await ahead.ownData()),
    }),
  });
  return ClassifyFrame.encode(
    classifyFrame({
      prepared: { table, classes },
      part: 'future',
      label: task.label,
      rows,
      probabilities: answers,
      truth: truthOf(table, task.label, classes),
      // As it was chosen for the scores: on the validation part of what the run was trained on.
      unknown,
      decision: validation && ClassifyFrame.decode(validation).header.decision,
    }),
  );
}

async function newTable({ task }: ClassifyExperiment, { data, ownData }: Ahead): Promise<SampleTable> {
  if (!task.window) return samplesOf(data).samples;
  const own = seriesOf(await ownData()).series;
  return windowsOfNewRows(task, task.window, { series: seriesOf(data).series, own });
}

const machineOf = (experiment: ClassifyExperiment, own: TaskData): TaskMachine =>
  openClassify(experiment, prepareClassify(experiment, sourceTable(experiment, own), own.name));

export const fittedOf = (fitted: unknown) => readFitted(FittedSchema, fitted, 'data');

/** Where the new samples have labels. */
function truthOf(table: SampleTable, label: string, classes: readonly string[]): Int32Array {
  const column = table.columns.find(({ name }) => name === label);
  if (column?.kind !== 'category') return new Int32Array(table.rows).fill(-1);
  return Int32Array.from(column.codes, (code) => classes.indexOf(column.categories[code] ?? ''));
}
