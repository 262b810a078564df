// What samples have to be learned, beside their input: a label, a text to be written, labels of its parts, or a number.
import type { SamplesInfo } from '../contract/datasets/samples.ts';

type Outputs = Pick<SamplesInfo, 'label' | 'value' | 'pairs' | 'captions'>;

const PARTS = { words: 'word', characters: 'character' } as const;

/** Name and value of each; where there is none, that. */
export function outputFacts({ label, value, pairs, captions }: Outputs): [string, string][] {
  const found: [string, string][] = [];
  if (label !== null) found.push(['Label', label]);
  if (pairs)
    found.push(
      pairs.aligned
        ? [`Label of each ${PARTS[pairs.aligned]}`, pairs.target]
        : ['To be written', pairs.target],
    );
  if (captions) found.push(['To be written', captions.target]);
  if (value !== undefined) found.push(['To be estimated', value]);
  return found.length > 0 ? found : [['Label', 'none']];
}
