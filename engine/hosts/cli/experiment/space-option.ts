// `--space path=range`: which values a sweep may choose for a field.
import { type Dimension, DimensionSchema } from '../../../contract/search.ts';
import { UsageError } from '../usage.ts';
import { parseSetting } from './set-values.ts';

export interface SpaceOption {
  readonly path: string;
  readonly dimension: Dimension;
}

const FORMS =
  'path=log:1e-4..1e-1, path=linear:0..0.5, path=int:8..64 (or int:8..64:8), path=log-int:8..512, path=step:0..0.5:0.1 or path=gru,lstm';

/** Reads one `path=range`. */
export function parseSpace(text: string): SpaceOption {
  const equals = text.indexOf('=');
  const range = text.slice(equals + 1);
  if (equals < 1 || range === '') throw wrong(text, 'has no range');
  const [, kind, min, max, step] = /^([a-z-]+):([^:]+?)\.\.([^:]+?)(?::([^:]+))?$/.exec(range) ?? [];
  const given =
    kind === undefined
      ? {
          kind: 'categorical',
          values: range.split(',').map((word) => parseSetting(`value=${word.trim()}`).value),
        }
      : { kind, min: Number(min), max: Number(max), ...(step !== undefined && { step: Number(step) }) };
  const parsed = DimensionSchema.safeParse(given);
  if (!parsed.success) throw wrong(text, parsed.error.issues[0]?.message ?? 'is no range');
  return { path: text.slice(0, equals), dimension: parsed.data };
}

const wrong = (text: string, why: string): UsageError =>
  new UsageError(`--space ${text}: ${why}; it takes ${FORMS}.`, { option: '--space' });
