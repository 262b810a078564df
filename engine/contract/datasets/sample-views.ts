// Samples of a dataset as screens show them: a page of them in a table, and one as a whole, to be read, heard or looked at.
import { z } from 'zod';
import { BlobSchema, reads } from '../api/api-base.ts';
import { DatasetReferenceSchema } from '../values/ids.ts';

const SampleRowSchema = z.object({
  /** From 0. */
  row: z.int(),
  name: z.string(),
  group: z.string(),
  part: z.string(),
  /** Empty where it has none. */
  label: z.string(),
  /** The beginning of a text; `0.43 s` of a recording, `120 steps` of a series. */
  shown: z.string(),
});
export type SampleRow = z.infer<typeof SampleRowSchema>;

/** \`pixels\`: bytes [pictures, height, width, channels]. */
export const PicturesSchema = z.object({
  width: z.int(),
  height: z.int(),
  channels: z.int(),
  pixels: BlobSchema,
});

export const SamplePageSchema = z.object({
  /** Samples that suit, and those of the page. */
  total: z.int(),
  samples: z.array(SampleRowSchema),
  /** Of images and videos: the first frames of the page, one after the other. */
  pictures: PicturesSchema.nullable().default(null),
});
export type SamplePage = z.infer<typeof SamplePageSchema>;

const EventFieldsSchema = z.array(z.object({ name: z.string(), categories: z.array(z.string()).nullable() }));
export type EventFields = z.infer<typeof EventFieldsSchema>;

/** It is the beginning of a longer one. */
const Cut = { isCut: z.boolean() };

/** `picture`: its frames. `wave`: int16; `values`: float32 [steps, channels], of events [events, time and fields]; little-endian. */
const WholeSampleSchema = z.discriminatedUnion('kind', [
  z.object({ ...Cut, kind: z.literal('text'), text: z.string() }),
  z.object({ ...Cut, kind: z.literal('tokens'), items: z.array(z.string()) }),
  z.object({ ...Cut, kind: z.literal('audio'), rate: z.int(), wave: BlobSchema }),
  z.object({ ...Cut, kind: z.literal('sequence'), channels: z.int(), values: BlobSchema }),
  z.object({ ...Cut, kind: z.literal('events'), fields: EventFieldsSchema, values: BlobSchema }),
  PicturesSchema.extend({ ...Cut, kind: z.literal('picture') }),
]);
export type WholeSample = z.infer<typeof WholeSampleSchema>;

/** A sample that is no part of a dataset yet. */
export const SampleExampleSchema = SampleRowSchema.extend({ content: WholeSampleSchema });
export type SampleExample = z.infer<typeof SampleExampleSchema>;

const Choice = { dataset: DatasetReferenceSchema, version: z.int().positive().optional() };
export const MOST_ON_A_PAGE = 200;

export const samples = {
  /** In the order of the dataset. */
  list: reads
    .input(
      z.object({
        ...Choice,
        from: z.int().min(0).default(0),
        most: z.int().positive().max(MOST_ON_A_PAGE).default(50),
        /** Of this class alone. */
        label: z.string().optional(),
        /** Of these names alone. */
        names: z.array(z.string()).max(MOST_ON_A_PAGE).optional(),
      }),
    )
    .output(SamplePageSchema),
  /** The input of a sample; of a very long text the beginning. */
  get: reads.input(z.object({ ...Choice, row: z.int().min(0) })).output(WholeSampleSchema),
};
