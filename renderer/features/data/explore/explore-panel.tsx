// The explorer of a dataset: an analysis of the series that is shown, computed by the engine and cached there.
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DatasetDetail, SeriesInfo } from '../../../../engine/contract/dataset.ts';
import type { AnalysisName, Exploration } from '../../../../engine/contract/explore.ts';
import { useEngine } from '../../../engine/engine-context.tsx';
import { keys } from '../../../engine/queries.ts';
import { ErrorMessage } from '../../../ui/messages.tsx';
import { Panel } from '../../../ui/page.tsx';
import classes from '../data.module.css';
import { VIEWS } from './views.tsx';

type Answers = { readonly [Name in AnalysisName]?: Exploration[Name] | undefined };

interface Props {
  readonly dataset: DatasetDetail;
  readonly series: SeriesInfo;
}

export function ExplorePanel({ dataset, series }: Props) {
  const engine = useEngine();
  const [chosen, setChosen] = useState<AnalysisName | null>(null);
  const request = {
    dataset: dataset.id,
    version: dataset.version,
    series: series.name,
    analysis: chosen ?? 'stationarity',
  };
  const { data, error, isFetching } = useQuery({
    queryKey: [...keys.datasets, 'explore', request],
    queryFn: ({ signal }) => engine.datasets.explore(request, { signal }),
    enabled: chosen !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const names = Object.entries(VIEWS).map(([value, { title }]) => ({ value, label: title }));
  return (
    <Panel title="Explore">
      <div className={classes.stack}>
        <Select
          label="Analysis"
          placeholder="Choose what to look at"
          data={names}
          value={chosen}
          onChange={(value) => setChosen(value as AnalysisName | null)}
          w={320}
        />
        {error && <ErrorMessage error={error} />}
        {isFetching && <span className="muted">Computing …</span>}
        {chosen !== null && data && <Answer name={chosen} data={data} />}
      </div>
    </Panel>
  );
}

function Answer<Name extends AnalysisName>({ name, data }: { readonly name: Name; readonly data: Answers }) {
  const answer = data[name];
  const { View } = VIEWS[name];
  return answer === undefined ? null : <View answer={answer} />;
}
