// The scores of a result with their intervals.
import type { ClassifyResult } from '../../../engine/contract/results/classify-result.ts';
import { metricInfo, scoreFormat } from '../../../engine/words/scores/metric-info.ts';
import { useCatalogue } from '../../engine/use-catalogue.ts';
import { formatNumber } from '../../ui/format.ts';
import { Panel } from '../../ui/page.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';

interface ScoreIntervalsProps {
  readonly scores: ClassifyResult['scores'];
}

export function ScoreIntervals({ scores }: ScoreIntervalsProps) {
  const catalogue = useCatalogue();
  return (
    <Panel title="Scores with their 95 % intervals">
      <PlainTable
        label="Scores"
        columns={[
          { title: 'Metric' },
          { title: 'Value', isNumber: true },
          { title: 'From', isNumber: true },
          { title: 'To', isNumber: true },
        ]}
        rows={scores.map(({ metric, value, low, high }) => {
          const text = scoreFormat(catalogue, metric, formatNumber);
          const { label, meaning } = metricInfo(catalogue, metric);
          return { key: metric, hint: meaning, cells: [label, text(value), text(low), text(high)] };
        })}
      />
    </Panel>
  );
}
