// The metrics of pairs of texts. They compare texts, not tokens, so models with other tokens can be ranked, but for the rate of edits and the
// accuracy of tokens.
import type { MetricInfo } from '../../contract/runs/metrics.ts';
import { bleu, type CorpusPair } from './bleu.ts';
import { chrf } from './chrf.ts';
import { nearestReference } from './edit-distance.ts';
import type { ScoredPairs } from './scored-pairs.ts';

export interface PairMetric extends MetricInfo {
  /** NaN where a subject cannot have it. */
  value(scored: ScoredPairs): number;
}

export const PAIR_METRICS: readonly PairMetric[] = [
  {
    name: 'exact-match',
    label: 'Exact match',
    meaning: 'Share of the texts that are written exactly as a reference. Of letters to sounds: 1 - WER.',
    definition: 'Texts equal to one of their references / texts.',
    better: 'higher',
    unit: 'none',
    format: 'percent',
    value: ({ pairs }) =>
      pairs.filter(({ written, references }) => references.some(({ text }) => text === written.text)).length /
      pairs.length,
  },
  {
    name: 'edit-rate',
    label: 'Edit rate',
    meaning:
      'How many tokens have to be changed for each token that is right. Of sounds the PER, of words the WER, of characters the CER.',
    definition:
      'Sum of the edits (insertions, deletions, replacements) to the nearest reference / sum of its tokens.',
    better: 'lower',
    unit: 'none',
    format: 'percent',
    value({ pairs }) {
      const found = pairs.map(({ written, references }) =>
        nearestReference(
          written.tokens,
          references.map(({ tokens }) => tokens),
        ),
      );
      const sum = (field: 'edits' | 'tokens') => found.reduce((total, one) => total + one[field], 0);
      return sum('edits') / sum('tokens');
    },
  },
  {
    name: 'bleu',
    label: 'BLEU',
    meaning: 'How many runs of one to four words are those of a reference, from 0 to 100.',
    definition: 'Papineni and others 2002, of the whole part, as sacreBLEU: tokenizer 13a, smoothing exp.',
    better: 'higher',
    unit: 'none',
    format: 'number',
    value: (scored) => bleu(textsOf(scored)),
  },
  {
    name: 'chrf',
    label: 'chrF2',
    meaning: 'How many runs of one to six characters are those of a reference, from 0 to 100.',
    definition: 'Popovic 2015, of the whole part, as sacreBLEU: six characters, no words, beta 2.',
    better: 'higher',
    unit: 'none',
    format: 'number',
    value: (scored) => chrf(textsOf(scored)),
  },
  {
    name: 'token-accuracy',
    label: 'Token accuracy, teacher forced',
    meaning:
      'Share of the tokens that are right when all before them are the true ones. It is above what the model writes by itself.',
    definition:
      'Tokens of the references, end signs included, that are the most probable ones / all of them.',
    better: 'higher',
    unit: 'none',
    format: 'percent',
    value: ({ forced }) => (forced ? forced.right / forced.tokens : Number.NaN),
  },
];

const textsOf = ({ pairs }: ScoredPairs): CorpusPair[] =>
  pairs.map(({ written, references }) => ({
    written: written.text,
    references: references.map(({ text }) => text),
  }));
