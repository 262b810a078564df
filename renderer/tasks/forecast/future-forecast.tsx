// The forecast of what comes after the last row of the run's own data, by its best weights.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { RunDetail } from '../../../engine/contract/runs/run.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { datasetQuery, futureQuery } from '../../engine/queries.ts';
import { ForecastResult } from '../../features/forecast/forecast-result.tsx';
import classes from '../../features/run/run-page.module.css';
import { plural } from '../../ui/format.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Panel } from '../../ui/page.tsx';
import { Working } from '../../ui/working.tsx';

interface FutureForecastProps {
  readonly run: RunDetail;
  /** Which of the run's weights: others are another forecast. */
  readonly weights: string;
  /** The user does not want to wait for it. */
  readonly onCancel: () => void;
}

export function FutureForecast({ run, weights, onCancel }: FutureForecastProps) {
  const engine = useEngine();
  const queries = useQueryClient();
  const query = futureQuery(engine, run.id, weights);
  const { data, error } = useQuery({ ...query, retry: false });
  const { data: dataset } = useQuery(datasetQuery(engine, run.datasetName, run.datasetVersion));
  if (error) {
    return (
      <Panel title="There is no forecast of the future">
        <ErrorMessage error={error} />
      </Panel>
    );
  }
  if (!data || !dataset) {
    const cancel = () => {
      void queries.cancelQueries({ queryKey: query.queryKey });
      onCancel();
    };
    return (
      <Panel>
        <Working what={`Forecasting what comes after the last row of ${run.datasetName}`} onCancel={cancel} />
      </Panel>
    );
  }
  const { name, version, rows } = dataset;
  return (
    <div className={classes.stack}>
      <ForecastResult
        frame={data.frame}
        csv={data.csv}
        of={`${name}, version ${version}`}
        rows={plural(rows, 'row')}
        known="actual"
        name={`${run.name} forecast`}
      />
    </div>
  );
}
