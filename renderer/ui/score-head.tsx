// The head of a table of scores: the forecaster, in some tables the target, then a column for each metric.
import type { ReactNode } from 'react';
import { metricInfo } from '../../engine/words/scores/metric-info.ts';
import { useCatalogue } from '../engine/use-catalogue.ts';

interface ScoreHeadProps {
  readonly metrics: readonly string[];
  /** The rows say which target they are of. */
  readonly target?: boolean;
  /** Columns behind the metrics. */
  readonly children?: ReactNode;
}

export function ScoreHead({ metrics, target = false, children }: ScoreHeadProps) {
  const catalogue = useCatalogue();
  return (
    <thead>
      <tr>
        <th scope="col">Scores of</th>
        {target && <th scope="col">Target</th>}
        {metrics.map((metric) => {
          const { label, meaning, definition } = metricInfo(catalogue, metric);
          return (
            <th key={metric} scope="col" className="num">
              <span title={`${meaning} ${definition}`}>{label}</span>
            </th>
          );
        })}
        {children}
      </tr>
    </thead>
  );
}
