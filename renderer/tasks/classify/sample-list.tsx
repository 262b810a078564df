// Samples of the scored part with what was said of them: the most wrong first, or those of a cell of the confusion matrix.
import type { Cell, ClassifyResult } from '../../../engine/contract/results/classify-result.ts';
import { formatNumber } from '../../ui/format.ts';
import { ScoredSamples } from '../samples/scored-samples.tsx';

interface SampleListProps {
  /** Of the run; null where its samples are windows of series. */
  readonly data: { readonly dataset: string; readonly version: number } | null;
  readonly result: ClassifyResult;
  readonly cell: Cell | null;
  readonly onAll: () => void;
}

export function SampleList({ data, result: { classes, samples }, cell, onAll }: SampleListProps) {
  return (
    <ScoredSamples
      title={
        cell
          ? `Samples of ${classes[cell.truth]} taken for ${classes[cell.said]}`
          : 'Samples whose truth was least expected'
      }
      onAll={cell ? onAll : undefined}
      data={data}
      samples={samples}
      columns={[
        { title: 'Truth', cellOf: ({ truth }) => classes[truth] },
        { title: 'Answer', cellOf: ({ said }) => classes[said] },
        { title: 'p of the truth', isNumber: true, cellOf: ({ ofTruth }) => formatNumber(ofTruth) },
      ]}
    />
  );
}
