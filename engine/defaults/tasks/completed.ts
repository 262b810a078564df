// A configuration with what it leaves out, where only its kind of task knows what that is.
import { isFields, type RecordedFields } from '../../contract/values/fields.ts';

interface Defaults {
  readonly split: RecordedFields;
  readonly task: RecordedFields;
  /** Of the model that the configuration names. */
  readonly model: (model: RecordedFields) => RecordedFields;
  readonly training: RecordedFields;
}

/** Samples have no pipeline. What the configuration says goes before the defaults, field by field. */
export function completed(
  configuration: RecordedFields,
  { split, task, model: modelFor, training: trained }: Defaults,
): RecordedFields {
  const { model, training } = configuration;
  return {
    split,
    pipeline: [],
    ...configuration,
    task: { ...task, ...(configuration.task as RecordedFields) },
    ...(isFields(model) && { model: { ...modelFor(model), ...model } }),
    ...((training === undefined || isFields(training)) && { training: { ...trained, ...training } }),
  };
}
