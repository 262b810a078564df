// Fields that a sweep may search in an experiment, each with a range to begin with. Pure.
import type { Experiment } from '../../../engine/contract/experiment/experiment.ts';
import { allFields } from '../../../engine/contract/experiment/experiment-fields.ts';
import { SEARCHABLE } from '../../../engine/contract/studies/search.ts';
import { valueAt } from '../design/draft.ts';
import { fieldLabel } from '../design/field-texts.ts';
import {
  MODEL_FIELDS,
  OPTIMIZER_FIELDS,
  SCHEDULE_FIELDS,
  type SchemaField,
  TRAINING_FIELDS,
} from '../design/schema-fields.ts';

export interface SearchField {
  readonly path: string;
  readonly label: string;
  /** In the words of `readRange`. */
  readonly range: string;
}

/** What a search is begun with: the field that most often decides. */
export const FIRST_FIELD = 'training.optimizer.learningRate';

const isSearchable = (path: string): boolean =>
  SEARCHABLE.some((root) => path === root || path.startsWith(`${root}.`));

const UNIONS = [
  { path: 'model', kinds: MODEL_FIELDS },
  { path: 'training.optimizer', kinds: OPTIMIZER_FIELDS },
  { path: 'training.schedule', kinds: SCHEDULE_FIELDS },
] as const;

export function searchFields(experiment: Experiment): SearchField[] {
  return allFields(experiment)
    .filter(isSearchable)
    .flatMap((path) => {
      const range = rangeFor(path, valueAt(experiment, path), experiment);
      return range === null ? [] : [{ path, label: labelOf(path), range }];
    });
}

/** Two fields may have one label: the path tells them apart. */
const labelOf = (path: string): string => {
  const label = fieldLabel(path);
  return label === undefined ? path : `${label} (${path})`;
};

/** Null for what has no value of its own. */
function rangeFor(path: string, value: unknown, experiment: Experiment): string | null {
  const union = UNIONS.find((one) => path === `${one.path}.kind`);
  if (union) return [...union.kinds.keys()].join(', ');
  const { words = [], type } = schemaField(path, experiment) ?? {};
  if (words.length > 1) return words.join(', ');
  if (typeof value === 'boolean') return 'false, true';
  if (typeof value !== 'number') return null;
  return type === 'whole' || (type === undefined && Number.isInteger(value))
    ? wholeRange(value)
    : numberRange(value);
}

function schemaField(path: string, experiment: Experiment): SchemaField | undefined {
  const union = UNIONS.find((one) => path.startsWith(`${one.path}.`));
  if (!union) return TRAINING_FIELDS.find(({ name }) => path === `training.${name}`);
  const kind = valueAt(experiment, `${union.path}.kind`);
  const name = path.slice(union.path.length + 1);
  return union.kinds.get(String(kind))?.find((field) => field.name === name);
}

const TIMES = 4;
/** A share, such as dropout. */
const HALF = 0.5;

function wholeRange(value: number): string {
  if (value <= 0) return 'int:0..10';
  return value < TIMES ? `int:1..${TIMES}` : `log-int:${Math.round(value / TIMES)}..${value * TIMES}`;
}

const tidy = (value: number): string => String(Number(value.toPrecision(3)));

function numberRange(value: number): string {
  if (value > 0 && value < 0.1) return `log:${tidy(value / 10)}..${tidy(value * 10)}`;
  if (value >= 0 && value <= HALF) return `linear:0..${HALF}`;
  // Such as a moment's decay: it stays below 1.
  if (value > HALF && value < 1) return `linear:${HALF}..${Number(((1 + value) / 2).toPrecision(6))}`;
  return value > 0 ? `linear:${tidy(value / 2)}..${tidy(value * 2)}` : `linear:${tidy(value * 2)}..0`;
}
