// Defaults of an experiment that estimates a number of samples: what it leaves out, from what the samples are.
import type { DatasetFacts } from '../../contract/datasets/dataset.ts';
import { EstimateTaskSchema } from '../../contract/tasks/estimate.ts';
import type { RecordedFields } from '../../contract/values/fields.ts';
import { completeReading } from './classify.ts';

const KIND = EstimateTaskSchema.shape.kind.value;

/** The configuration with what it leaves out, where its task estimates. `facts` null: the dataset is not known yet. */
export function completeEstimate(configuration: RecordedFields, facts: DatasetFacts | null): RecordedFields {
  const task = configuration.task as RecordedFields;
  if (task.kind !== KIND) return configuration;
  const info = facts?.samples;
  const numbers = info?.columns.filter(({ kind, name }) => kind === 'numeric' && name !== info.input) ?? [];
  const value = info ? (info.value ?? numbers[0]?.name) : 'value';
  return completeReading(configuration, info, value === undefined ? {} : { value });
}
