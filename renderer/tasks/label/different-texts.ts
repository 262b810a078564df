// Texts that several labellers label differently, the most differences first. Pure.
import type { LabelledText, LabelResult } from '../../../engine/contract/results/labelling.ts';
import { sideBySide } from '../side-by-side.ts';

export interface DifferentText {
  readonly key: string;
  readonly name: string;
  readonly tokens: readonly string[];
  /** Null where it is not known. */
  readonly truth: readonly (string | null)[];
  /** [runs][tokens] */
  readonly said: readonly (readonly string[])[];
  /** Whether not all runs say the same of a token. */
  readonly differs: readonly boolean[];
}

interface Differences {
  /** Of all runs. */
  readonly classes: readonly string[];
  /** Texts that all of them label. */
  readonly shared: number;
  readonly texts: readonly DifferentText[];
}

type Some = Pick<LabelResult, 'classes' | 'texts' | 'areRows'>;

export function differentTexts(results: readonly Some[]): Differences {
  const named = results.map(({ classes, texts }) => texts.map((text) => ({ text, classes })));
  const areRows = results.some((one) => one.areRows);
  const joined = sideBySide(named, {
    keyOf: ({ text }) => keyOf(text, areRows),
    differenceOf: () => [],
    most: Number.POSITIVE_INFINITY,
  });
  const texts = joined.map(({ first, all }): DifferentText => {
    const said = all.map(({ text, classes }) => text.tokens.map((token) => classes[token.said]!));
    const { tokens, name } = first.text;
    return {
      key: keyOf(first.text, areRows),
      name,
      tokens: tokens.map(({ text }) => text),
      truth: tokens.map(({ truth }) => first.classes[truth] ?? null),
      said,
      differs: tokens.map((_, at) => said.some((own) => own[at] !== said[0]![at])),
    };
  });
  const count = ({ differs }: DifferentText) => differs.filter(Boolean).length;
  return {
    classes: [...new Set(results.flatMap(({ classes }) => classes))],
    shared: texts.length,
    texts: texts.filter((text) => count(text) > 0).toSorted((a, b) => count(b) - count(a)),
  };
}

/** Runs may cut the same text into other tokens; of rows they may read other columns. */
const keyOf = ({ sample, name, tokens }: LabelledText, areRows: boolean): string =>
  areRows ? `${name} ${tokens.length}` : `${sample} ${tokens.map(({ text }) => text).join(' ')}`;
