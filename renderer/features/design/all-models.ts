// One draft for each architecture that reads the past in the same way, with the same data and settings. Pure.
import type { DatasetSummary } from '../../../engine/contract/datasets/dataset.ts';
import { automaticName, screensOf } from '../../tasks/screens-of.ts';
import { draftOfKind } from './defaults.ts';
import { type Draft, valueAt } from './draft.ts';
import { MODEL_FIELDS } from './schema-fields.ts';

export interface ModelDraft {
  readonly kind: string;
  readonly draft: Draft;
}

/**
 * Those that the task names; else those that can read several rows as one step: an encoder with a decoder reads row by row, and takes many
 * times longer.
 */
export const comparedKinds = (task: unknown): readonly string[] =>
  screensOf(task).models ??
  [...MODEL_FIELDS].flatMap(([kind, fields]) =>
    fields.some(({ name }) => name === 'segment') ? [kind] : [],
  );

/** Those that the form offers. */
export const offeredKinds = (task: unknown): readonly string[] =>
  screensOf(task).models ?? [...MODEL_FIELDS.keys()];

/** The kind of the draft keeps its model as it is. */
export function draftsOfAllModels(draft: Draft, dataset: DatasetSummary | undefined): ModelDraft[] {
  const own = valueAt(draft, 'model.kind');
  const isAutomatic = draft.name === automaticName(draft);
  return comparedKinds(valueAt(draft, 'task.kind')).map((kind) => {
    const other = kind === own ? draft : draftOfKind(draft, kind, dataset);
    const name = isAutomatic ? automaticName(other) : nameWithModel(String(draft.name ?? ''), kind);
    return { kind, draft: { ...other, name } };
  });
}

const LONGEST_NAME = 200;

/** `co2 CO2 lstm` -> `co2 CO2 gru`: the name of another model in it gives way, the last one: data may be called as a model is. */
export function nameWithModel(name: string, kind: string): string {
  const kinds = [...MODEL_FIELDS.keys()].join('|');
  const other = new RegExp(String.raw`^(.*)(?<!\bwithout )\b(?:${kinds})\b`, 'i');
  if (other.test(name)) return name.replace(other, (_, before: string) => `${before}${kind}`);
  return `${name.slice(0, LONGEST_NAME - kind.length - 1)} ${kind}`.trim();
}
