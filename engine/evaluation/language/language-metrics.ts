// The metrics of language models.
import type { MetricInfo } from '../../contract/runs/metrics.ts';
import { deterministicExp } from '../../numerics/deterministic-math.ts';
import type { ScoredText } from './scored-text.ts';

export interface LanguageMetric extends MetricInfo {
  value(scored: ScoredText): number;
}

const cost = { unit: 'none', format: 'number', better: 'lower' } as const;

export const LANGUAGE_METRICS: readonly LanguageMetric[] = [
  {
    name: 'bits-per-character',
    label: 'Bits per character',
    meaning:
      'How many bits a character costs when the model says what comes next: 1 bit is a fair coin, 6.6 bits a choice among 95 characters.',
    definition:
      'Sum of -log2 of the probability of each token that came / characters. The end of a text counts as a character. An unknown token costs its letters besides, each as if all letters of the training part were equally frequent.',
    ...cost,
    value: ({ nats, characters }) => nats / Math.LN2 / characters,
  },
  {
    name: 'perplexity',
    label: 'Perplexity',
    meaning:
      'Among how many equally probable tokens the model chooses on average. It compares models of the same tokens only.',
    definition: 'e to the mean of -ln of the probability of each token that came, end signs included.',
    ...cost,
    value: ({ nats, tokens }) => deterministicExp(nats / tokens),
  },
];
