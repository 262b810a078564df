// The New data tab: a forecast of what comes after the last row of new data, by this run's best weights, recipe and pipeline.
import { useQuery } from '@tanstack/react-query';
import { asForecastTask } from '../../../engine/contract/tasks/forecast.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { datasetQuery } from '../../engine/queries.ts';
import { NewForecastPanel } from '../../features/forecast/new-forecast-panel.tsx';
import classes from '../../features/run/run-page.module.css';
import { EmptyState, Scroll } from '../../ui/page.tsx';
import type { RunTabProps } from '../run-tab.ts';

export function NewDataTab({ run }: RunTabProps) {
  const { data: dataset } = useQuery(datasetQuery(useEngine(), run.datasetName, run.datasetVersion));
  if (run.bestEpoch === null) {
    return (
      <EmptyState title="Nothing to forecast with yet">
        The weights of the first epoch can, as soon as that has ended.
      </EmptyState>
    );
  }
  const { targets, features = targets, lookback, horizon } = asForecastTask(run.configuration.task);
  const frequencies = new Set(dataset?.seriesInfo.map(({ frequency }) => frequency));
  return (
    <Scroll label="New data">
      <div className={classes.newData}>
        <NewForecastPanel
          model={{ kind: 'run', run: run.id }}
          name={run.name}
          wanted={{
            columns: [...new Set([...features, ...targets])],
            lookback,
            horizon,
            frequencies: [...frequencies],
            dataset: run.datasetName,
          }}
        />
      </div>
    </Scroll>
  );
}
