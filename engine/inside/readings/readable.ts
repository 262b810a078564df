// What a reader knows of each step of a sample: positions, brackets, kinds of characters, classes. Units are compared with it.
import type { ReadSample } from '../../tasks/sample-reading.ts';

export interface Readable {
  readonly name: string;
  /** [steps] NaN where it does not apply. */
  readonly values: Float64Array;
}

const BRACKETS = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['<', '>'],
] as const;
const QUOTES = ['"', "'"] as const;
/** Tokens that are followed by name: the most frequent. */
export const MOST_TOKENS = 24;

const LINE_END = /[\n\u23ce]/;

/** @param tokens those that are followed by name; @param classes of the answer, where samples have one */
export function readablesOf(
  sample: ReadSample,
  {
    tokens,
    classes,
    channels,
  }: {
    readonly tokens: readonly string[];
    readonly classes: readonly string[];
    readonly channels: readonly string[];
  },
): Readable[] {
  const { steps, labels, truth, before, values, pictures } = sample;
  const each = (value: (step: number) => number) =>
    Float64Array.from({ length: steps }, (_, step) => value(step));
  return [
    { name: 'the position in the sample', values: each((step) => before + step) },
    ...(classes.length > 1
      ? classes.map((name) => ({ name: `the class ${name}`, values: each(() => (truth === name ? 1 : 0)) }))
      : []),
    ...channels.map((name, channel) => ({
      name,
      values: each((step) => values[step * channels.length + channel]!),
    })),
    ...(channels.length > 1
      ? [{ name: 'the mean of all inputs', values: each((step) => meanAt(values, step, channels.length)) }]
      : []),
    ...(pictures && pictures.read.length > 1 ? ofFrames(sample) : labels ? ofText(labels, tokens) : []),
  ];
}

function meanAt(values: ArrayLike<number>, step: number, width: number): number {
  let sum = 0;
  for (let at = step * width; at < (step + 1) * width; at++) sum += values[at]!;
  return sum / width;
}

function ofFrames({ values, steps }: ReadSample): Readable[] {
  const width = values.length / steps;
  const each = (value: (step: number) => number) =>
    Float64Array.from({ length: steps }, (_, step) => value(step));
  const changeAt = (step: number) => {
    let sum = 0;
    for (let at = step * width; at < (step + 1) * width; at++)
      sum += Math.abs(values[at]! - values[at - width]!);
    return sum / width;
  };
  return [
    { name: 'the brightness of the frame', values: each((step) => meanAt(values, step, width)) },
    {
      name: 'how much the frame differs from the one before',
      values: each((step) => (step === 0 ? 0 : changeAt(step))),
    },
  ];
}

function ofText(labels: readonly string[], tokens: readonly string[]): Readable[] {
  const each = (value: (label: string, step: number) => number) => Float64Array.from(labels, value);
  return [
    { name: 'the position in the line', values: since(labels, (label) => LINE_END.test(label)) },
    {
      name: 'the position in the word',
      values: since(labels, (label) => /\s/.test(label) || LINE_END.test(label)),
    },
    ...BRACKETS.filter(([open]) => labels.some((label) => label.includes(open))).map(([open, close]) => ({
      name: `being inside ${open} ${close}`,
      values: inside(labels, open, close),
    })),
    ...QUOTES.filter((quote) => labels.some((label) => label.includes(quote))).map((quote) => ({
      name: `being inside ${quote} ${quote}`,
      values: inside(labels, quote, quote),
    })),
    { name: 'a capital letter', values: each((label) => (/\p{Lu}/u.test(label) ? 1 : 0)) },
    { name: 'a digit', values: each((label) => (/\p{Nd}/u.test(label) ? 1 : 0)) },
    { name: 'a vowel', values: each((label) => (/^\s*[aeiou]$/i.test(label) ? 1 : 0)) },
    ...tokens.map((token) => ({
      name: `the token ${shown(token)}`,
      values: each((label) => (label === token ? 1 : 0)),
    })),
  ];
}

const shown = (token: string): string => (token.trim() === '' ? JSON.stringify(token) : token);

/** Steps since the last one that begins again. */
function since(labels: readonly string[], begins: (label: string) => boolean): Float64Array {
  let count = 0;
  return Float64Array.from(labels, (label) => {
    count = begins(label) ? 0 : count + 1;
    return count;
  });
}

/** From the sign that opens to before the one that closes; never beyond a line where both are the same. */
function inside(labels: readonly string[], open: string, close: string): Float64Array {
  let depth = 0;
  return Float64Array.from(labels, (label) => {
    for (const letter of label) {
      if (open === close) depth = letter === open ? 1 - depth : LINE_END.test(letter) ? 0 : depth;
      else if (letter === open) depth += 1;
      else if (letter === close) depth = Math.max(0, depth - 1);
    }
    return depth > 0 ? 1 : 0;
  });
}
