// A range of a sweep in one short text: `log:1e-4..1e-1`, `int:8..64:8`, `gru, lstm`; and back.
import { nestsTooDeep } from '../contract/api/json-depth.ts';
import { type Dimension, DimensionSchema } from '../contract/studies/search.ts';

export const RANGE_FORMS =
  'log:1e-4..1e-1, linear:0..0.5, int:8..64 (or int:8..64:8), log-int:8..512, step:0..0.5:0.1 or a list: gru,lstm';

/** The dimension, or what is wrong with the text. */
export function readRange(text: string): Dimension | string {
  if (text.trim() === '') return 'has no range';
  const [, kind, min, max, step] = /^([a-z-]+):([^:]+?)\.\.([^:]+?)(?::([^:]+))?$/.exec(text.trim()) ?? [];
  const given =
    kind === undefined
      ? { kind: 'categorical', values: text.split(',').map(readValue) }
      : { kind, min: Number(min), max: Number(max), ...(step !== undefined && { step: Number(step) }) };
  const parsed = DimensionSchema.safeParse(given);
  return parsed.success ? parsed.data : (parsed.error.issues[0]?.message ?? 'is no range');
}

/** JSON where it is some, else a text. */
function readValue(word: string): unknown {
  const text = word.trim();
  if (nestsTooDeep(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
