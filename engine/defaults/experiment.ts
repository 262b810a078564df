// Fills in defaults that depend on the data: look-back and horizon from the season, model and training from the number of rows.
// All other defaults are in the schema of the experiment.
import type { DatasetFacts } from '../contract/datasets/dataset.ts';
import { isFields } from '../contract/values/fields.ts';
import { RECORDED_DEFAULTS, TASK_DEFAULTS } from './tasks/registry.ts';

/**
 * Adds to the configuration what it leaves out. Fields that it has are not changed; a value that is no configuration is returned as it is.
 * @param facts null: the dataset is not known yet, so that only the schema can be checked
 */
export function completeExperiment(configuration: unknown, facts: DatasetFacts | null): unknown {
  if (!isFields(configuration) || !isFields(configuration.task)) return configuration;
  return TASK_DEFAULTS.reduce((completed, complete) => complete(completed, facts), configuration);
}

/** The configuration of a run with what it left out named, so that a copy of it is computed as it was, whatever the data decide today. */
export function asComputed<T extends object>(configuration: T): T {
  const { task } = configuration as { task?: unknown };
  if (!isFields(task)) return configuration;
  return { ...configuration, task: RECORDED_DEFAULTS.reduce((fields, name) => name(fields), task) };
}

/** Fields of the configuration that `completeExperiment` fills: `task.lookback`. */
const DECIDED_BY_DATA = [
  ['task', 'lookback'],
  ['task', 'horizon'],
  ['task', 'features'],
  ['task', 'calendar'],
  ['task', 'firstForecast'],
  ['task', 'input'],
  ['task', 'label'],
  ['task', 'labels'],
  ['task', 'value'],
  ['task', 'target'],
  ['task', 'targetTokens'],
  ['task', 'window'],
  ['task', 'tokens'],
  ['task', 'mostSteps'],
  ['task', 'readout'],
  ['task', 'sound'],
  ['task', 'patches'],
  ['task', 'augment'],
  ['task', 'given'],
  ['task', 'ahead'],
  ['model', 'segment'],
  ['model', 'units'],
  ['model', 'layers'],
  ['model', 'dropout'],
  ['model', 'channelIndependent'],
  ['training', 'epochs'],
  ['training', 'batchSize'],
  ['training', 'optimizer'],
  ['training', 'schedule'],
  ['training', 'earlyStopping'],
] as const;

/** Groups of which the data decide all. */
const WHOLE = ['split', 'pipeline'] as const;

/** Removes from a checked configuration those fields that `written` does not name, so that the data decide them. */
export function leaveToData<T extends object>(checked: T, written: unknown): T {
  const copy = structuredClone(checked) as Record<string, Record<string, unknown> | undefined>;
  for (const [group, field] of DECIDED_BY_DATA) {
    const named = isFields(written) ? written[group] : undefined;
    if (isFields(named) && field in named) continue;
    delete copy[group]?.[field];
  }
  for (const group of WHOLE) if (!isFields(written) || !(group in written)) delete copy[group];
  return copy as T;
}
