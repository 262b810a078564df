// The explorer of a dataset: an analysis of the series that is shown, computed by the engine and cached there.
import { MultiSelect, NumberInput, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DatasetDetail, SeriesInfo } from '../../../../engine/contract/datasets/dataset.ts';
import {
  type AnalysisName,
  type Exploration,
  MOST_EXPLORED,
} from '../../../../engine/contract/datasets/explore.ts';
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
  /** IANA zone of the clock. */
  readonly timeZone: string;
}

interface Choice {
  /** By kind; none: the first ones. */
  readonly columns: readonly string[];
  readonly period: number | null;
  readonly lag: number | null;
}

export function ExplorePanel({ dataset, series, timeZone }: Props) {
  const engine = useEngine();
  const [chosen, setChosen] = useState<AnalysisName | null>(null);
  const [choice, setChoice] = useState<Choice>({ columns: [], period: null, lag: null });
  const { of = 'numeric', asks = [], pair = false } = chosen === null ? {} : VIEWS[chosen];
  const fitting = series.columns.filter(({ kind }) => kind === of).map(({ name }) => name);
  const columns = choice.columns.filter((name) => fitting.includes(name));
  const wanted = columns.length > 0 ? columns : fitting.slice(0, pair ? 2 : MOST_EXPLORED);
  const request = {
    dataset: dataset.id,
    version: dataset.version,
    series: series.name,
    analysis: chosen ?? 'stationarity',
    ...(wanted.length > 0 ? { columns: [...wanted] } : {}),
    options: {
      ...(asks.includes('period') && choice.period !== null ? { period: choice.period } : {}),
      ...(asks.includes('lag') && choice.lag !== null ? { lag: choice.lag } : {}),
      ...(asks.includes('clock') ? { timeZone } : {}),
    },
  };
  const { data, error, isFetching } = useQuery({
    queryKey: [...keys.datasets, 'explore', request],
    queryFn: ({ signal }) => engine.datasets.explore(request, { signal }),
    enabled: chosen !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const names = Object.entries(VIEWS).map(([value, { title }]) => ({ value, label: title }));
  const change = (next: Partial<Choice>) => setChoice({ ...choice, ...next });
  return (
    <Panel title="Explore">
      <div className={classes.stack}>
        <div className={classes.toolbar}>
          <Select
            label="Analysis"
            placeholder="Choose what to look at"
            data={names}
            value={chosen}
            onChange={(value) => setChosen(value as AnalysisName | null)}
            // The list stays when the page moves under it.
            comboboxProps={{ hideDetached: false }}
            w={320}
          />
          {chosen !== null && fitting.length > 1 && (
            <MultiSelect
              label={pair ? 'Columns: across, up' : 'Columns'}
              placeholder={columns.length === 0 ? (pair ? 'The first two' : 'All') : ''}
              data={fitting}
              value={columns}
              onChange={(next) => change({ columns: next })}
              maxValues={pair ? 2 : MOST_EXPLORED}
              searchable
              clearable
              miw={220}
              maw={420}
            />
          )}
          {asks.includes('period') && (
            <WholeInput
              label="Rows of a cycle"
              placeholder="By the data"
              least={2}
              value={choice.period}
              onChange={(period) => change({ period })}
            />
          )}
          {asks.includes('lag') && (
            <WholeInput
              label="Rows later"
              placeholder="0"
              least={0}
              value={choice.lag}
              onChange={(lag) => change({ lag })}
            />
          )}
        </div>
        {error && <ErrorMessage error={error} />}
        {isFetching && <span className="muted">Computing …</span>}
        {chosen !== null && data && <Answer name={chosen} data={data} />}
      </div>
    </Panel>
  );
}

interface WholeInputProps {
  readonly label: string;
  /** What counts where nothing is given. */
  readonly placeholder: string;
  readonly least: number;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

function WholeInput({ label, placeholder, least, value, onChange }: WholeInputProps) {
  return (
    <NumberInput
      label={label}
      placeholder={placeholder}
      value={value ?? ''}
      onChange={(next) =>
        onChange(typeof next === 'number' && Number.isInteger(next) && next >= least ? next : null)
      }
      min={least}
      max={100_000}
      allowDecimal={false}
      w={130}
    />
  );
}

function Answer<Name extends AnalysisName>({ name, data }: { readonly name: Name; readonly data: Answers }) {
  const answer = data[name];
  const { View } = VIEWS[name];
  return answer === undefined ? null : <View answer={answer} />;
}
