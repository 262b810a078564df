// What the answers of models of samples are: shares of one whole, shares of their own, or values.
import type { AnswerScale } from './sample-reading.ts';

const LEAST = 1e-30;

/** Logarithms of shares that sum to 1: a share near 1 hardly moves, its odds against all others do. */
export const SHARES: AnswerScale = {
  name: 'share',
  shown: Math.exp,
  measured(logs, choice) {
    let others = 0;
    for (let index = 0; index < logs.length; index++) if (index !== choice) others += Math.exp(logs[index]!);
    return logs[choice]! - Math.log(Math.max(others, LEAST));
  },
};

/** Logarithms of probabilities, each against its own rest. */
export const LABELS: AnswerScale = {
  name: 'label',
  shown: Math.exp,
  measured: (logs, choice) => logs[choice]! - Math.log(Math.max(-Math.expm1(logs[choice]!), LEAST)),
};

/** @param shown from the model's units to those of the data */
export const valueScale = (shown: AnswerScale['shown']): AnswerScale => ({
  name: 'value',
  shown,
  measured: (values, choice) => shown(values[choice]!),
});
