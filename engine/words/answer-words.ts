// What the answers of a model that is read step by step are called, in charts and tables.
import type { InsideReadingFrame } from '../contract/inside/reading.ts';

type Header = Pick<InsideReadingFrame['header'], 'says' | 'scale' | 'firstAnswer'> & {
  readonly explained: { readonly choice: string };
  readonly sample: { readonly isOwn: boolean };
};

/** Of a text of one's own a translator is asked about the answer that it wrote itself. */
const isOfWritten = ({ firstAnswer, sample }: Pick<Header, 'firstAnswer' | 'sample'>): boolean =>
  sample.isOwn && firstAnswer > 0;

/** Of a model that answers every step. */
export function titleOfSteps(header: Header): string {
  const { says, explained } = header;
  if (says === 'frame')
    return `${explained.choice === 'PSNR' ? 'PSNR, in dB,' : explained.choice} of each frame that is forecast`;
  if (says === 'label') return 'Probability of the true label, in %';
  return isOfWritten(header)
    ? 'Probability of the next token that it wrote, in %'
    : 'Probability of the true next token, in %';
}

/** The same, above a column. */
export const columnOfSteps = (header: Pick<Header, 'firstAnswer' | 'sample'>): string =>
  `probability of the ${isOfWritten(header) ? 'written' : 'true'} one`;

/** The answer of the model whose gradient is followed, as it leaves the model: shares as their logarithm. */
export function titleOfGradient({ scale, explained }: Header): string {
  const answer =
    scale === 'value' ? 'the value' : `the log-probability of ${JSON.stringify(explained.choice)}`;
  return `Norm of the gradient of ${answer} with respect to the state`;
}
