// What a model writes for sources, beside their references, as metrics take it.
import { nearestReference } from '../../evaluation/pairs/edit-distance.ts';
import type { Said, ScoredPair } from '../../evaluation/pairs/scored-pairs.ts';
import type { WeightLookup } from '../../models/parameters.ts';
import type { Translator } from '../../models/translation/translator.ts';
import type { Hypothesis } from './beam.ts';
import { forcedOver } from './forced.ts';
import type { PairCoder } from './pair-coder.ts';
import { framed, type Source } from './prepare.ts';
import type { WrittenPairs } from './read-pairs.ts';
import { type WritingOptions, writeTexts } from './writer.ts';

export interface Written {
  readonly pair: ScoredPair;
  readonly best: Hypothesis;
}

export interface HowWritten {
  readonly beam: number;
  readonly lengthPenalty: number;
  readonly mostSteps: number;
}

const NOTHING: Hypothesis = { tokens: [], logProbability: Number.NEGATIVE_INFINITY };

interface Writing<Read> {
  readonly prepared: Pick<WrittenPairs<Read>, 'sourceOf' | 'fieldOf' | 'target' | 'choose'>;
  readonly sources: readonly Source[];
  readonly how: HowWritten;
  readonly progress?: WritingOptions<Read>['progress'];
}

/** In the order of the sources; each `next` does a batch. */
export function* writtenFor<Read extends { readonly length: number }>(
  model: Translator,
  weight: WeightLookup,
  { prepared, sources, how, progress }: Writing<Read>,
): Generator<void, Written[], void> {
  const { target } = prepared;
  const all = yield* writeTexts(
    model,
    weight,
    sources.map(({ row }) => prepared.sourceOf(row)),
    {
      width: how.beam,
      lengthPenalty: how.lengthPenalty,
      most: how.mostSteps,
      end: target.end,
      fieldOf: prepared.fieldOf,
      progress,
    },
  );
  const written: Written[] = [];
  for (const [index, { row, references }] of sources.entries()) {
    const pursued = all[index]!;
    const best = prepared.choose ? yield* chosen(pursued, row) : (pursued[0] ?? NOTHING);
    written.push({ best, pair: pairOf(target.textOf(best.tokens), references, target) });
  }
  return written;

  /** What is chosen may be no text that was pursued: then its probability is asked for. */
  function* chosen(pursued: readonly Hypothesis[], row: number): Generator<void, Hypothesis, void> {
    const read = prepared.sourceOf(row);
    const tokens = prepared.choose!(read, pursued);
    const known = pursued.find((one) => one.tokens.join() === tokens.join());
    if (known) return known;
    const text = framed(Int32Array.from(tokens), target.end);
    const pair = { sourceOf: () => read, targetOf: () => text, fieldOf: prepared.fieldOf };
    const { nats } = yield* forcedOver(model, weight, pair, Int32Array.of(row));
    return { tokens, logProbability: -nats };
  }
}

export const pairOf = (written: string, references: readonly string[], target: PairCoder): ScoredPair => ({
  written: saidAs(written, target),
  references: references.map((text) => saidAs(text, target)),
});

const saidAs = (text: string, target: PairCoder): Said => ({ text, tokens: target.cut(text) });

/** What frames of written texts hold of each: edits to the nearest reference, its tokens, and the logarithm of the text's probability. */
export function editColumns(written: readonly Written[]) {
  const nearest = written.map(({ pair }) =>
    nearestReference(
      pair.written.tokens,
      pair.references.map(({ tokens }) => tokens),
    ),
  );
  return {
    edits: Int32Array.from(nearest, ({ edits }) => edits),
    referenceTokens: Int32Array.from(nearest, ({ tokens }) => tokens),
    logProbability: Float64Array.from(written, ({ best }) => best.logProbability),
  };
}
