// Texts as sequences of tokens of a vocabulary that the training part made.
import { z } from 'zod';
import { areNucleic, reverseComplement } from '../../../data/samples/strands.ts';
import { createTokenizer, fitTokenizer, type TokenizerState } from '../../../data/samples/tokenizers.ts';
import { createEncoder, fitVocabulary, UNKNOWN, type Vocabulary } from '../../../data/samples/vocabulary.ts';
import type { ColumnOf, FittedInput, InputKind, InputTask } from './input-kind.ts';
import { knownShare } from './known-share.ts';

const StateSchema = z.object({
  kind: z.literal('text'),
  tokenizer: z.object({
    by: z.enum(['characters', 'words', 'pieces', 'runs']),
    lowerCase: z.boolean(),
    longestRun: z.int().optional(),
    merges: z.array(z.tuple([z.string(), z.string()])).optional(),
  }),
  tokens: z.array(z.string()),
});

export const textInput: InputKind<ColumnOf<'text'>> = {
  fit(column, task, train) {
    const texts = train.map((row) => column.texts[row]!);
    const tokenizer = fitTokenizer(task.tokens, texts);
    const vocabulary = fitVocabulary(texts, createTokenizer(tokenizer), {
      ...task.tokens,
      longest: task.mostSteps,
    });
    return open(column, task, tokenizer, vocabulary);
  },
  restore(state, column, task) {
    const { tokenizer, tokens } = StateSchema.parse(state);
    return open(column, task, tokenizer, { tokens });
  },
  notes: (column, fitted, train) => [knownShare(column.name, fitted, train)],
};

function open(
  column: ColumnOf<'text'>,
  task: InputTask,
  tokenizer: TokenizerState,
  vocabulary: Vocabulary,
): FittedInput {
  const encode = createEncoder(vocabulary, createTokenizer(tokenizer), task.mostSteps);
  const kept: Int32Array[] = [];
  const known = (row: number): Int32Array => {
    kept[row] ??= encode(column.texts[row]!);
    return kept[row];
  };
  const { unknownTokens, bothStrands } = task.augment;
  const hasStrands = bothStrands && areNucleic(column.texts);
  return {
    state: { kind: 'text', tokenizer, tokens: vocabulary.tokens } as FittedInput['state'],
    shape: { kind: 'tokens', tokens: vocabulary.tokens.length + 1, embedding: task.embedding },
    encode: known,
    augmented(row, draw) {
      const isOther = hasStrands && draw.integer(2) === 1;
      const tokens = isOther ? encode(reverseComplement(column.texts[row]!)) : known(row);
      if (unknownTokens === 0) return tokens;
      return tokens.map((token) => (draw.uniform() < unknownTokens ? UNKNOWN : token));
    },
  };
}
