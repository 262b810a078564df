// How a model of samples reads them, step by step: the same of every task that says something of a sample as a whole.

import { isReadAsTokens } from '../../contract/datasets/samples.ts';
import type { Part } from '../../data/prepared.ts';
import type { SampleTable, SampleValues } from '../../data/samples/sample-table.ts';
import { typedTokens } from '../../data/samples/token-lists.ts';
import { createTokenizer, type TokenizerState } from '../../data/samples/tokenizers.ts';
import type { FittedInput, InputTask } from '../classify/inputs/input-kind.ts';
import { restoreInput } from '../classify/inputs/registry.ts';
import type { ReadSample, SampleReadings, StepValues } from '../sample-reading.ts';
import { columnOf } from '../sample-split.ts';

interface Readable {
  readonly task: InputTask & { readonly input: string };
  readonly table: SampleTable;
  readonly input: FittedInput;
  readonly parts: Readonly<Record<Part, Int32Array>>;
  /** What is true of a row; null where nothing is known. */
  truthOf(row: number): string | null;
  /** Of numbers at each step, where they have names. */
  readonly channels?: readonly string[] | undefined;
}

type ReadAs = Pick<
  SampleReadings,
  'features' | 'unit' | 'channels' | 'stepSeconds' | 'answers' | 'samples' | 'sample' | 'ofText'
>;

export function readSamples({ task, table, input, parts, truthOf, channels }: Readable): ReadAs {
  const { shape } = input;
  const column = columnOf(table, task.input);
  const width = shape.kind === 'rows' ? shape.channels : 1;
  const read = (
    own: FittedInput,
    row: number,
    of: Pick<ReadSample, 'name' | 'truth'>,
    from: SampleValues,
  ) => {
    const values = own.encode(row);
    const steps = values.length / width;
    const labels = labelsOf(input, values, from, row);
    return { ...of, values, steps, length: steps, before: 0, labels, next: null };
  };
  return {
    features: shape.kind === 'rows' ? shape.channels : shape.embedding,
    unit: unitOf(column, task.tokens.by),
    channels: channels?.length === width ? channels : channelsOf(column, width),
    stepSeconds: column.kind === 'audio' ? task.sound.hopMs / 1_000 : null,
    answers: 'sample',
    samples: { train: parts.train.length, validation: parts.validation.length, test: parts.test.length },
    sample({ part, index }) {
      const row = parts[part][index]!;
      const of = { name: table.names[row]!, truth: truthOf(row) };
      return read(input, row, of, column);
    },
    ...(isReadAsTokens(column) && {
      ofText(text) {
        const own: SampleValues =
          column.kind === 'text' ? { ...column, texts: [text] } : { ...column, lists: [typedTokens(text)] };
        return read(restoreInput(input.state, own, task), 0, { name: 'own text', truth: null }, own);
      },
    }),
  };
}

const UNKNOWN_SIGN = '\u25a1';

/** The tokens as they stand in the text or list; where there are none, as the vocabulary has them. */
function labelsOf(
  { state, shape }: FittedInput,
  values: StepValues,
  column: SampleValues,
  row: number,
): string[] | null {
  if (shape.kind !== 'tokens') return null;
  const { tokens } = state as unknown as { readonly tokens: readonly string[] };
  const cut: string[] = [];
  for (const token of tokensIn(state, column, row)) {
    if (cut.push(token) === values.length) break;
  }
  return Array.from(values, (token, step) => cut[step] ?? tokens[token - 1] ?? UNKNOWN_SIGN);
}

function tokensIn(state: FittedInput['state'], column: SampleValues, row: number): Iterable<string> {
  if (column.kind === 'tokens') return column.lists[row]!;
  if (column.kind !== 'text') return [];
  const { tokenizer } = state as unknown as { readonly tokenizer: TokenizerState };
  return createTokenizer(tokenizer)(column.texts[row]!);
}

function unitOf({ kind }: SampleValues, by: string): string {
  if (kind === 'tokens') return 'items';
  return kind === 'text' ? by : 'steps';
}

/** Few have names of their own. */
function channelsOf(column: SampleValues, width: number): string[] {
  if (isReadAsTokens(column)) return [];
  const name = column.kind === 'audio' ? 'band' : 'channel';
  return Array.from({ length: width }, (_, channel) => (width === 1 ? 'value' : `${name} ${channel + 1}`));
}
