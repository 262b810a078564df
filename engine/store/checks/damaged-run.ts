// What is still shown of a run whose row was changed by damage: its number and its names, and none of its values.
import { z } from 'zod';
import { type RunSummary, RunSummarySchema } from '../../contract/runs/run.ts';
import { damageText } from './row-checksums.ts';

/** A number that may not be null is 0: `state` says that it means nothing. */
const BLANK = Object.fromEntries(
  Object.entries(RunSummarySchema.shape).map(([field, schema]) => [field, blankOf(schema)]),
) as RunSummary;

function blankOf(schema: z.ZodType): unknown {
  if (schema instanceof z.ZodNullable) return null;
  if (schema instanceof z.ZodBoolean) return false;
  return schema instanceof z.ZodString ? '' : 0;
}

/** @param table the one that was changed */
export const withoutValues = (
  { id, name, datasetName }: Pick<RunSummary, 'id' | 'name'> & { readonly datasetName: string | null },
  table = 'run',
): RunSummary => ({
  ...BLANK,
  id,
  name: String(name),
  datasetName: datasetName ?? '',
  state: 'damaged',
  reason: `${damageText(`run ${id}`, table)}.`,
});
