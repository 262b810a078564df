// Changes of a window that is looked into: what would the model say of other values? In model units, as the model reads them.
import { z } from 'zod';

const Row = z.int().min(0);
/** A column of the window; default: all of them. */
const InputSchema = z.string().optional();

export const EditSchema = z.discriminatedUnion('kind', [
  /** Adds `by` to a value, and less and less of it up to `reach` rows to both sides (a raised cosine). */
  z.object({
    kind: z.literal('move'),
    input: z.string(),
    row: Row,
    by: z.number(),
    reach: z.int().min(0).max(100_000).default(0),
  }),
  /** Rows from, up to and without `end` become the straight line between what is left beside them. */
  z.object({ kind: z.literal('erase'), input: InputSchema, from: Row, end: z.int().min(1) }),
  /** All comes that many rows later (earlier where it is negative); what is missing then is taken from one season away. */
  z.object({ kind: z.literal('shift'), input: InputSchema, rows: z.int() }),
]);
export type Edit = z.infer<typeof EditSchema>;

/** One after the other. */
export const EditsSchema = z.array(EditSchema).max(500).readonly();
