// Lists of tokens: each item is a token as it is, and the vocabulary is made of the items of the training part.
import { z } from 'zod';
import type { UnknownItems } from '../../../contract/tasks/unknown-items.ts';
import { createEncoder, fitVocabulary, UNKNOWN, type Vocabulary } from '../../../data/samples/vocabulary.ts';
import type { ColumnOf, FittedInput, InputKind, InputTask } from './input-kind.ts';
import { knownShare } from './known-share.ts';

const StateSchema = z.object({
  kind: z.literal('tokens'),
  /** No tokenizer cuts or lower-cases an item. */
  tokenizer: z.object({ by: z.literal('items'), lowerCase: z.literal(false) }),
  tokens: z.array(z.string()),
});

const TOKENIZER = { by: 'items', lowerCase: false } as const;

const asItIs = (items: readonly string[]): readonly string[] => items;

export const tokensInput: InputKind<ColumnOf<'tokens'>> = {
  fit(column, task, train) {
    const lists = train.map((row) => column.lists[row]!);
    return open(column, task, fitVocabulary(lists, asItIs, { ...task.tokens, longest: task.mostSteps }));
  },
  restore(state, column, task) {
    return open(column, task, { tokens: StateSchema.parse(state).tokens });
  },
  notes: (column, fitted, train) => [knownShare(column.name, fitted, train, ['items', 'training part'])],
};

const MOST_NAMED = 8;

function unknownIn(
  lists: readonly (readonly string[])[],
  rows: Iterable<number>,
  { tokens }: Vocabulary,
): UnknownItems | undefined {
  const known = new Set(tokens);
  const unknown = new Set<string>();
  let samples = 0;
  for (const row of rows) {
    const others = lists[row]!.filter((item) => !known.has(item));
    for (const item of others) unknown.add(item);
    if (others.length > 0) samples += 1;
  }
  return samples === 0
    ? undefined
    : { items: [...unknown].slice(0, MOST_NAMED), different: unknown.size, samples };
}

function open(column: ColumnOf<'tokens'>, task: InputTask, vocabulary: Vocabulary): FittedInput {
  const encode = createEncoder(vocabulary, asItIs, task.mostSteps);
  const kept: Int32Array[] = [];
  const known = (row: number): Int32Array => {
    kept[row] ??= encode(column.lists[row]!);
    return kept[row];
  };
  const { unknownTokens } = task.augment;
  return {
    state: { kind: 'tokens', tokenizer: TOKENIZER, tokens: vocabulary.tokens } as FittedInput['state'],
    shape: { kind: 'tokens', tokens: vocabulary.tokens.length + 1, embedding: task.embedding },
    encode: known,
    unknownIn: (rows) => unknownIn(column.lists, rows, vocabulary),
    augmented(row, draw) {
      const tokens = known(row);
      if (unknownTokens === 0) return tokens;
      return tokens.map((token) => (draw.uniform() < unknownTokens ? UNKNOWN : token));
    },
  };
}
