// Defaults of an experiment that gives samples labels: what it leaves out, from what the samples are.
import type { DatasetFacts } from '../../contract/datasets/dataset.ts';
import { TagTaskSchema } from '../../contract/tasks/tag.ts';
import type { RecordedFields } from '../../contract/values/fields.ts';
import { completeReading } from './classify.ts';

const KIND = TagTaskSchema.shape.kind.value;

/** The configuration with what it leaves out, where its task gives labels. `facts` null: the dataset is not known yet. */
export function completeTag(configuration: RecordedFields, facts: DatasetFacts | null): RecordedFields {
  const task = configuration.task as RecordedFields;
  if (task.kind !== KIND) return configuration;
  const info = facts?.samples;
  const labels = info ? info.label : 'labels';
  return completeReading(configuration, info, labels === null ? {} : { labels });
}
