// Datasets of samples: rows without a time, each with an input (a text, numbers, a recording) and a label.
import { z } from 'zod';

/** What a column of samples can hold. */
export const SampleColumnKindSchema = z.enum([
  'text',
  'tokens',
  'category',
  'labels',
  'numeric',
  'sequence',
  'events',
  'audio',
  'image',
  'frames',
]);
export type SampleColumnKind = z.infer<typeof SampleColumnKindSchema>;

/** Read token by token, which a vocabulary counts: a text, cut by a tokenizer, or a list of tokens as it stands. */
export const isReadAsTokens = <Value extends { readonly kind: string }>(
  value: Value,
): value is Value & { readonly kind: 'text' | 'tokens' } => value.kind === 'text' || value.kind === 'tokens';

export const SampleColumnSchema = z.object({
  name: z.string(),
  kind: SampleColumnKindSchema,
  missing: z.int(),
  /** Of numbers their values, of texts characters, of tokens and of labels how many a sample has, of sequences steps, of events how many a sample has, of recordings seconds, of videos frames, of images pixels of a side; null where there is nothing. */
  min: z.number().nullable(),
  mean: z.number().nullable(),
  max: z.number().nullable(),
  /** Of category columns and labels, in order of code. */
  categories: z.array(z.string()).nullable(),
  /** Different characters of short texts; absent in data that an older version imported. */
  letters: z.int().optional(),
  /** Of tokens: different ones. */
  items: z.int().optional(),
  /** Of events: what they say beside their time; words in order of code, null: numbers. */
  fields: z.array(z.object({ name: z.string(), categories: z.array(z.string()).nullable() })).optional(),
  /** Of images and videos. */
  picture: z.object({ width: z.int(), height: z.int(), channels: z.int() }).optional(),
});
export type SampleColumn = z.infer<typeof SampleColumnSchema>;

export const GIVEN_PARTS = ['train', 'validation', 'test'] as const;
export type GivenPart = (typeof GIVEN_PARTS)[number];

/** The texts of one side of pairs. */
const PairSideSchema = z.object({
  /** Texts that are not empty. */
  texts: z.int(),
  /** All words between spaces, and different ones among them. */
  words: z.int(),
  differentWords: z.int(),
  /** Of the longest text. */
  mostWords: z.int(),
  mostLetters: z.int(),
  /** Words and signs of the text with most; absent in data that an older version imported. */
  mostTokens: z.int().optional(),
  /** Different characters. */
  letters: z.int(),
});
export type PairSide = z.infer<typeof PairSideSchema>;

const PairsInfoSchema = z.object({
  /** The column of the texts that are to be written. */
  target: z.string(),
  source: PairSideSchema,
  written: PairSideSchema,
  /** Both sides of each pair have as many words, or as many characters, of which those of the target are few: a label for each. */
  aligned: z.enum(['words', 'characters']).nullable(),
});
export type PairsInfo = z.infer<typeof PairsInfoSchema>;

/** The form of samples that are music as words; see engine/data/music/event-text.ts. */
export const MIDI_FORM = 'pieces of music in MIDI files';

/** The forms of a file of text without a table: "Read as" chooses between them. */
export const TEXT_FORMS = { text: 'one text', lines: 'a text in each line' } as const;

/** The forms of tunes in ABC notation: whole tunes, or where chords are to be written, phrases. */
export const TUNE_FORMS = {
  tunes: 'tunes in ABC notation',
  phrases: 'phrases of tunes with their chords',
} as const;
/** The column that is asked for where phrases are to be read. */
export const CHORDS = 'chords';

/** How a file or folder is read as samples. Everything is detected where it is not given. */
export const SampleOptions = {
  /**
   * `samples`: rows without times. `text`: a file that is one text; `lines`: one whose lines are texts. `frames`: videos, which are GIFs or
   * folders of numbered pictures. Default: series where there is a time column, samples where there is none.
   */
  as: z.enum(['series', 'samples', 'text', 'lines', 'frames']).optional(),
  /** Pixels of a side that pictures are reduced to. Default: 32, or that of the largest picture where all are smaller. */
  pictureSize: z.int().min(4).max(256).optional(),
  /** Default: colour where any picture has some. */
  pictureColour: z.enum(['grey', 'colour']).optional(),
  /** Of a table with a row for each event: says whose event it is; the rows of one value are a sample. Their times: `timeColumn`. */
  sampleColumn: z.string().min(1).optional(),
  inputColumn: z.string().min(1).optional(),
  /** Columns of numbers that are the input together, in this order. Default: all that are nothing else. */
  numberColumns: z.array(z.string().min(1)).min(1).optional(),
  labelColumn: z.string().min(1).optional(),
  /** How many labels a cell of the label column holds: `a;b` is two, or one. Default: found by content. */
  labels: z.enum(['one', 'several']).optional(),
  /** The column of numbers that is to be estimated, where samples have no label. */
  valueColumn: z.string().min(1).optional(),
  /** Of pairs: the column of the texts that are to be written. */
  targetColumn: z.string().min(1).optional(),
  /** Samples of one group never lie in two parts. */
  groupColumn: z.string().min(1).optional(),
  /** Nothing groups samples, also not what was found to do so. */
  ungrouped: z.boolean().optional(),
  /** Says of each sample whether it is for training, validation or test. */
  partColumn: z.string().min(1).optional(),
  /** Samples to be answered: those without a label are kept, and no column needs to be one. */
  unlabelled: z.boolean().optional(),
};

/** What was said of the reading that no column shows. */
const AskedSchema = z.object({
  as: SampleOptions.as,
  pictureSize: SampleOptions.pictureSize,
  pictureColour: SampleOptions.pictureColour,
  ungrouped: SampleOptions.ungrouped,
  sampleColumn: SampleOptions.sampleColumn,
  /** Of events. */
  timeColumn: z.string().optional(),
});
export type AskedOfSamples = z.infer<typeof AskedSchema>;

/** What is known of all samples of a version. */
export const SamplesInfoSchema = z.object({
  /** How the data lay: `a table`, `a folder for each class`. */
  form: z.string(),
  /** Columns that suit as input and as label; null where none does. */
  input: z.string().nullable(),
  label: z.string().nullable(),
  /** The column of numbers that is to be estimated; absent where there is none. */
  value: z.string().optional(),
  /** What groups samples that belong together (a speaker, an author); null where nothing does. */
  group: z.string().nullable(),
  groups: z.int(),
  /** The column that says which part a sample is for; absent where none does. */
  part: z.string().optional(),
  /** Parts that the data name themselves, with their samples; empty where they name none. */
  parts: z.array(z.object({ part: z.enum(GIVEN_PARTS), samples: z.int() })),
  /** Values of the label with their samples, the most frequent first; a sample may have several where the label is a column of labels. */
  classes: z.array(z.object({ name: z.string(), samples: z.int() })),
  /** Samples whose input equals that of an earlier one. */
  duplicates: z.int(),
  columns: z.array(SampleColumnSchema),
  /** Where a second column of texts is what is to be written for the input; absent where there is none. */
  pairs: PairsInfoSchema.optional(),
  /** Where a column of texts is what is to be written for each picture; absent where there is none. */
  captions: z.object({ target: z.string(), written: PairSideSchema }).optional(),
  /** Of the file, from which input, label, group and parts were chosen; absent where the form of the data says what is what. */
  chosenFrom: z.array(z.string()).optional(),
  /** So that it is read in the same way again; absent where nothing was said. */
  asked: AskedSchema.optional(),
});
export type SamplesInfo = z.infer<typeof SamplesInfoSchema>;

/** The column that is shown beside the input: what is said of it, or written for it. */
export const besideInput = ({ label, value, pairs, captions }: SamplesInfo): string | null =>
  label ?? value ?? pairs?.target ?? captions?.target ?? null;
