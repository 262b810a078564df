// Opens the run of a model of samples. The latest one stays open: the next question is most often about it too.
import type { Experiment } from '../../contract/experiment/experiment.ts';
import { createParameterSet, type NamedArray, type ParameterSet } from '../../models/parameters.ts';
import type { ReadSample, SampleReadings } from '../../tasks/sample-reading.ts';
import { taskOf } from '../../tasks/task-of.ts';
import { type Anatomy, anatomyOf } from '../anatomy.ts';
import { type Subject, startBackend, weightsOf } from '../forecaster/load.ts';
import { requireSamples } from '../kinds.ts';
import { translatorAnatomy } from '../translator-anatomy.ts';

export interface OpenedReadings {
  readonly experiment: Experiment;
  readonly readings: SampleReadings;
}

export interface Reader extends OpenedReadings {
  /** Values of every parameter. */
  readonly arrays: ReadonlyMap<string, NamedArray>;
  readonly parameters: ParameterSet;
}

export type SampleSteps = Pick<ReadSample, 'steps' | 'source'>;

/** Without a sample: what does not depend on its length. */
export const ANY_STEPS: SampleSteps = { steps: 2, source: 1 };

let opened: { readonly key: string; readonly model: OpenedReadings } | undefined;
let kept: { readonly key: string; readonly reader: Reader } | undefined;

/** @throws HindcastError `conflict` for a task whose model reads no samples */
export async function openReadings(subject: Subject): Promise<OpenedReadings> {
  if (opened?.key === subject.dataKey) return opened.model;
  const { experiment } = subject;
  requireSamples(experiment);
  const open = taskOf(experiment.task).openReadings!;
  const model = { experiment, readings: await open(experiment, await subject.readData(), subject.fitted) };
  release();
  opened = { key: subject.dataKey, model };
  return model;
}

export async function openReader(subject: Subject): Promise<Reader> {
  const { dataKey, weights, weightsKey } = subject;
  const model = await openReadings(subject);
  await startBackend(subject.threads);
  const key = `${dataKey} ${JSON.stringify(weights)} ${weightsKey}`;
  if (kept?.key === key) return kept.reader;
  release();
  const { specs } = model.readings;
  const weightArrays = await weightsOf(subject, specs);
  const arrays = new Map(weightArrays.map((array) => [array.name, array]));
  const reader = { ...model, arrays, parameters: createParameterSet(specs, weightArrays) };
  kept = { key, reader };
  return reader;
}

function release(): void {
  kept?.reader.parameters.dispose();
  kept = undefined;
}

/** Of a sample of that many steps; what only windows of series have is left out. */
export function anatomyAt({ experiment, readings }: OpenedReadings, sample: SampleSteps): Anatomy {
  const { model } = experiment;
  const { steps, source = 0 } = sample;
  if (readings.translator) {
    return translatorAnatomy(model, { ...readings.translator, read: source, written: steps - source });
  }
  const plain = { ...model, ...('segment' in model && { segment: null, channelIndependent: false }) };
  return anatomyOf(plain as typeof model, { inputs: readings.features, lookback: steps, horizon: 1 });
}
