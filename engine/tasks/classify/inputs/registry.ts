// Kinds of inputs by the kind of their column. A new one is a file and a line here.
import { HindcastError } from '../../../contract/values/errors.ts';
import type { SampleValues } from '../../../data/samples/sample-table.ts';
import { typedTokens } from '../../../data/samples/token-lists.ts';
import { audioInput } from './audio.ts';
import { eventsInput } from './events.ts';
import type { FittedInput, InputKind, InputTask } from './input-kind.ts';
import { framesInput, imageInput } from './picture.ts';
import { sequenceInput } from './sequence.ts';
import { textInput } from './text.ts';
import { tokensInput } from './tokens.ts';

const KINDS = {
  text: textInput,
  tokens: tokensInput,
  sequence: sequenceInput,
  events: eventsInput,
  audio: audioInput,
  image: imageInput,
  frames: framesInput,
};

/** @throws HindcastError `invalid-input` for a column that no model reads */
function kindOf(column: SampleValues): InputKind<SampleValues> {
  const kind = (KINDS as Readonly<Record<string, unknown>>)[column.kind];
  // Each entry takes columns of its own kind, by which it was found.
  if (kind) return kind as InputKind<SampleValues>;
  const message = `task.input is "${column.name}", a column of the kind "${column.kind}"; choose a column of texts, tokens, sequences, events, recordings, images or videos.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'task.input' } });
}

export interface FittedColumn {
  readonly input: FittedInput;
  readonly notes: readonly string[];
  readonly facts: readonly string[];
}

export function fitInput(column: SampleValues, task: InputTask, train: readonly number[]): FittedColumn {
  const kind = kindOf(column);
  const input = kind.fit(column, task, train);
  const notes = kind.notes?.(column, input, train) ?? [];
  const textsOf = (wanted: boolean) =>
    notes.filter(({ isGrave }) => isGrave === wanted).map(({ text }) => text);
  return { input, notes: textsOf(true), facts: textsOf(false) };
}

export const restoreInput = (state: unknown, column: SampleValues, task: InputTask): FittedInput => {
  const known = asFitted(state, column);
  return kindOf(known).restore(state, known, task);
};

/** New data may write lists as texts, and a run that is older than columns of lists read them as texts. */
function asFitted(state: unknown, column: SampleValues): SampleValues {
  const { kind } = state as FittedInput['state'];
  const { name } = column;
  if (kind === 'tokens' && column.kind === 'text')
    return { name, kind, lists: column.texts.map(typedTokens) };
  if (kind === 'text' && column.kind === 'tokens')
    return { name, kind, texts: column.lists.map((items) => JSON.stringify(items)) };
  return column;
}
