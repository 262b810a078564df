// Rows of a series as a table: a page at a time, from a time on, or those that a filter keeps.
import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DatasetDetail, SeriesInfo } from '../../../engine/contract/datasets/dataset.ts';
import { timeOfText } from '../../../engine/words/time-text.ts';
import { zoneOffset } from '../../charts/zone-clock.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { keys } from '../../engine/queries.ts';
import { BusyButton } from '../../ui/busy-button.tsx';
import { columnFormat, formatCount, formatDataTime } from '../../ui/format.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Panel } from '../../ui/page.tsx';
import classes from './data.module.css';

const PAGE = 100;
const MOST_COLUMNS = 40;

interface Props {
  readonly dataset: DatasetDetail;
  readonly series: SeriesInfo;
  readonly timeZone: string;
}

interface Place {
  readonly filter: string;
  readonly from: number;
  readonly fromUs?: number;
}

export function RowsPanel({ dataset, series, timeZone }: Props) {
  const engine = useEngine();
  const [place, setPlace] = useState<Place | null>(null);
  const [filter, setFilter] = useState('');
  const [time, setTime] = useState('');
  const at = timeOfText(time);
  const request = {
    dataset: dataset.id,
    version: dataset.version,
    series: series.name,
    count: PAGE,
    ...(place ?? { filter: '', from: 0 }),
  };
  const { data, error, isFetching } = useQuery({
    queryKey: [...keys.datasets, 'rows', request],
    queryFn: ({ signal }) => engine.datasets.rows(request, { signal }),
    placeholderData: (before) => before,
    enabled: place !== null,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  /** A time is typed on the clock that is shown. */
  function show(): void {
    const jump = at === null ? {} : { fromUs: at - zoneOffset(timeZone, at) };
    setPlace({ filter: filter.trim(), from: 0, ...jump });
  }
  const move = (by: number) =>
    setPlace({ filter: request.filter, from: Math.max(0, (data?.from ?? 0) + by) });
  const formats = (data?.columns ?? []).map((_, index) =>
    columnFormat(data!.rows.map(({ cells }) => cells[index]).filter((cell) => typeof cell === 'number')),
  );
  const end = (data?.from ?? 0) + (data?.rows.length ?? 0);
  return (
    <Panel title="Rows">
      <div className={classes.stack}>
        <form
          className={classes.toolbar}
          style={{ alignItems: 'end' }}
          onSubmit={(event) => {
            event.preventDefault();
            show();
          }}
        >
          <TextInput
            label="Only rows with"
            placeholder="load > 100 and wind is missing"
            value={filter}
            onChange={(event) => setFilter(event.currentTarget.value)}
            w={300}
          />
          <TextInput
            label="From the time on"
            placeholder="2024-05-01 12:00"
            value={time}
            onChange={(event) => setTime(event.currentTarget.value)}
            error={time.trim() !== '' && at === null}
            w={170}
          />
          <BusyButton type="submit" variant="default" isBusy={isFetching}>
            Show rows
          </BusyButton>
          {data && place && (
            <>
              <Button variant="subtle" disabled={data.from === 0} onClick={() => move(-PAGE)}>
                Earlier
              </Button>
              <Button variant="subtle" disabled={end >= data.matching} onClick={() => move(PAGE)}>
                Later
              </Button>
              <span className={`muted num ${classes.ofButtons}`}>
                {data.matching === 0
                  ? 'No row matches'
                  : `${formatCount(data.from + 1)} to ${formatCount(end)} of ${formatCount(data.matching)}`}
              </span>
            </>
          )}
        </form>
        {error && <ErrorMessage error={error} />}
        {data && place && !error && (
          <div className={classes.headTable} style={{ maxHeight: 420 }}>
            <table className="plain-table">
              <thead>
                <tr>
                  <th scope="col" className="num">
                    Row
                  </th>
                  <th scope="col">Time</th>
                  {data.columns.slice(0, MOST_COLUMNS).map(({ name, kind }) => (
                    <th key={name} scope="col" className={kind === 'numeric' ? 'num' : ''}>
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {data.rows.map(({ row, timeUs, cells }) => (
                  <tr key={row}>
                    <td className="num">{formatCount(row + 1)}</td>
                    <td className="num" style={{ textAlign: 'left' }}>
                      {formatDataTime(timeUs, series.stepUs, timeZone)}
                    </td>
                    {cells.slice(0, MOST_COLUMNS).map((cell, index) => (
                      <td
                        key={data.columns[index]!.name}
                        className={typeof cell === 'string' ? 'ellipsis' : 'num'}
                      >
                        {typeof cell === 'number'
                          ? formats[index]!(cell)
                          : (cell ?? <span className="muted">missing</span>)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {data && place && data.columns.length > MOST_COLUMNS && (
          <span className="muted">
            The first {MOST_COLUMNS} of {formatCount(data.columns.length)} columns.
          </span>
        )}
      </div>
    </Panel>
  );
}
