// What screens and terminal ask of a language model: new texts, and those that it wrote while it trained.
import { z } from 'zod';
import { BlobSchema, reads } from '../api/api-base.ts';
import { HindcastError } from '../values/errors.ts';
import { RunReferenceSchema } from '../values/ids.ts';

export const MOST_PROMPT = 10_000;
export const MOST_LENGTH = 100_000;
/** Characters of a text whose music is asked for. */
const MOST_MUSIC = 1_000_000;
/** Tokens of one answer; a client asks for the next ones until it has all. */
export const MOST_TOKENS_AT_ONCE = 2_000;

/** How a text is drawn. The same options, seed and weights give the same text everywhere. */
export const WritingOptionsSchema = z.object({
  prompt: z.string().default(''),
  /** 0: always the most probable token. */
  temperature: z.number().default(0.8),
  /** Only the `topK` most probable tokens; null: all. */
  topK: z.number().nullable().default(null),
  /** Only the most probable tokens that together have this probability; 1: all. */
  topP: z.number().default(1),
  /** Above 1: what came lately becomes less probable. */
  repetitionPenalty: z.number().default(1),
  seed: z.number().default(1),
});
export type WritingOptions = z.infer<typeof WritingOptionsSchema>;

const MOST_SEED = 2 ** 32 - 1;

/** What is wrong with each option, where something is. */
const DEMANDS: {
  readonly [Field in keyof WritingOptions]: (value: WritingOptions[Field]) => string | false;
} = {
  prompt: ({ length }) =>
    length > MOST_PROMPT &&
    `The prompt has ${length.toLocaleString('en-US')} characters; shorten it to ${MOST_PROMPT.toLocaleString('en-US')} at most.`,
  temperature: (value) =>
    !(value >= 0 && value <= 100) &&
    `The temperature is ${value}; choose 0 (always the most probable token) or above, up to 100.`,
  topK: (value) =>
    value !== null &&
    !(Number.isInteger(value) && value >= 1) &&
    `Top-k is ${value}; choose a whole number from 1, or leave it out to take all tokens.`,
  topP: (value) =>
    !(value > 0 && value <= 1) && `Top-p is ${value}; choose a share above 0, up to 1 (all tokens).`,
  repetitionPenalty: (value) =>
    !(value >= 1 && value <= 10) &&
    `The repetition penalty is ${value}; choose a number from 1 (no penalty) to 10.`,
  seed: (value) =>
    !(Number.isInteger(value) && value >= 0 && value <= MOST_SEED) &&
    `The seed is ${value}; choose a whole number from 0 to ${MOST_SEED}.`,
};

/** @throws HindcastError `invalid-input` for the first option that cannot be, with its name in `details.field`. */
export function requireWritable(options: WritingOptions): void {
  for (const field of Object.keys(DEMANDS) as (keyof WritingOptions)[]) {
    // Each demand takes the value of its own field.
    const demand = DEMANDS[field] as (value: unknown) => string | false;
    const problem = demand(options[field]);
    if (problem) throw new HindcastError('invalid-input', problem, { details: { field } });
  }
}

const WrittenSchema = z.object({
  /** [tokens] as text; the end of a text is a line break. */
  tokens: z.array(z.string()),
  /** [tokens] probability that the model gave each, before temperature and the like. */
  probabilities: z.array(z.number()),
});
export type Written = z.infer<typeof WrittenSchema>;

const MusicSchema = z.object({
  seconds: z.number(),
  /** In seconds, in order of their starts. */
  notes: z.array(
    z.object({
      start: z.number(),
      duration: z.number(),
      /** As MIDI counts keys, 60 is the middle c. */
      pitch: z.int(),
      /** 1 to 127. */
      velocity: z.int(),
      isDrum: z.boolean(),
    }),
  ),
  /** A MIDI file, and a WAV file where it was asked for. */
  midi: BlobSchema,
  wave: BlobSchema.nullable(),
});
export type Music = z.infer<typeof MusicSchema>;

const RunTextSchema = z.object({
  epoch: z.int(),
  step: z.int(),
  prompt: z.string(),
  text: z.string(),
  /** What would have been right; null where that is not known. */
  reference: z.string().nullable(),
});

export const generation = {
  /** The tokens from `from` on of the text with these options, at most `count`; from the weights of the best epoch. */
  write: reads
    .input(
      WritingOptionsSchema.extend({
        run: RunReferenceSchema,
        from: z.int().min(0).max(MOST_LENGTH).default(0),
        count: z.int().min(1).max(MOST_TOKENS_AT_ONCE).default(200),
      }),
    )
    .output(WrittenSchema),
  /** The music of a written text (tunes in ABC notation, events of MIDI files); null where it has none. */
  music: reads
    .input(z.object({ text: z.string().max(MOST_MUSIC), hasWave: z.boolean().default(false) }))
    .output(MusicSchema.nullable()),
  /** What the run wrote after its epochs, in their order. */
  texts: reads.input(z.object({ run: RunReferenceSchema })).output(z.array(RunTextSchema)),
};
