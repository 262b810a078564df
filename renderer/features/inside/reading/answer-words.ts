// What the charts of a model's answers are called. Pure.
import type { InsideReadingFrame } from '../../../../engine/contract/inside/reading.ts';

type Header = Pick<InsideReadingFrame['header'], 'says' | 'scale' | 'firstAnswer'> & {
  readonly explained: { readonly choice: string };
  readonly sample: { readonly isOwn: boolean };
};

/** Of a model that answers every step. Of a text of one's own a translator is asked about the answer that it wrote itself. */
export function titleOfSteps({ says, explained, firstAnswer, sample }: Header): string {
  if (says === 'frame')
    return `${explained.choice === 'PSNR' ? 'PSNR, in dB,' : explained.choice} of each frame that is forecast`;
  if (says === 'label') return 'Probability of the true label, in %';
  return sample.isOwn && firstAnswer > 0
    ? 'Probability of the next token that it wrote, in %'
    : 'Probability of the true next token, in %';
}

/** The answer of the model whose gradient is followed, as it leaves the model: shares as their logarithm. */
export function titleOfGradient({ scale, explained }: Header): string {
  const answer =
    scale === 'value' ? 'the value' : `the log-probability of ${JSON.stringify(explained.choice)}`;
  return `Norm of the gradient of ${answer} with respect to the state`;
}
