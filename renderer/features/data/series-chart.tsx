// A series over time, from all of it down to a single hour; the engine reduces it to the width of the chart.
import { Button, Chip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DatasetDetail, SeriesInfo } from '../../../engine/contract/dataset.ts';
import { ChartFrame } from '../../../engine/contract/frames.ts';
import type { Line } from '../../charts/draw.ts';
import { LinePlot } from '../../charts/line-plot.tsx';
import type { Marker } from '../../charts/overlay.tsx';
import type { Domain } from '../../charts/scales.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { keys } from '../../engine/queries.ts';
import { formatCount, formatDataTime, formatKnown } from '../../ui/format.ts';
import { Panel } from '../../ui/page.tsx';
import classes from './data.module.css';

const POINTS = 1_200;
const COLORS = 10;

interface SeriesChartProps {
  readonly dataset: DatasetDetail;
  readonly series: SeriesInfo;
}

export function SeriesChart({ dataset, series }: SeriesChartProps) {
  const engine = useEngine();
  const numeric = series.columns.filter(({ kind }) => kind === 'numeric').map(({ name }) => name);
  const [chosen, setChosen] = useState<readonly string[]>(() => similarColumns(series));
  const [range, setRange] = useState<Domain | null>(null);
  const request = {
    dataset: dataset.id,
    version: dataset.version,
    series: series.name,
    columns: [...chosen],
    points: POINTS,
    ...(range ? { fromUs: range[0], toUs: range[1] } : {}),
  };
  const { data: frame, error } = useQuery({
    queryKey: [...keys.datasets, 'chart', request],
    queryFn: async ({ signal }) => ChartFrame.fromBlob(await engine.datasets.chart(request, { signal })),
    placeholderData: (before) => before,
    enabled: chosen.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const lines = frame ? linesOf(frame, numeric) : [];
  const whole: Domain = [series.startUs, series.endUs];
  return (
    <Panel>
      <LinePlot
        title={series.name}
        lines={lines}
        height={320}
        xKind="time"
        xDomain={range ?? whole}
        onRange={(next) => setRange(next && clamp(next, whole, series.stepUs))}
        wheel
        markers={marksOf(dataset, series.name, chosen)}
        formatX={(at) => formatDataTime(at, series.stepUs)}
        formatY={formatKnown}
        controls={
          <>
            <span className="muted num">
              {frame && `${formatCount(frame.header.rows)} of ${formatCount(frame.header.allRows)} rows`}
            </span>
            <Button variant="subtle" size="compact-xs" disabled={!range} onClick={() => setRange(null)}>
              Show all
            </Button>
          </>
        }
        empty={chosen.length === 0 ? 'Choose a column to see it' : emptyText(error !== null, frame)}
      />
      <Chip.Group multiple value={[...chosen]} onChange={setChosen}>
        <div className={classes.toolbar} style={{ gap: 6, paddingTop: 8 }}>
          {numeric.map((name) => (
            <Chip key={name} value={name} size="xs" variant="outline">
              {name}
            </Chip>
          ))}
        </div>
      </Chip.Group>
    </Panel>
  );
}

/** Bands where the doctor found something in what is shown. */
function marksOf({ report }: DatasetDetail, series: string, columns: readonly string[]): Marker[] {
  return (report.findings ?? [])
    .filter(({ column }) => column === null || columns.includes(column))
    .filter(({ check }) => check !== 'constant')
    .flatMap(({ spans }) =>
      spans.filter((span) => span.series === series).map(({ fromUs, toUs }) => ({ at: fromUs, to: toUs })),
    );
}

function linesOf({ header, columns }: ChartFrame, numeric: readonly string[]): Line[] {
  return header.columns.map((name, column) => ({
    id: name,
    label: name,
    color: `--hc-series-${(numeric.indexOf(name) % COLORS) + 1}`,
    x: columns.time,
    xEnd: columns.end,
    y: columns.mean[column]!,
    min: columns.min[column],
    max: columns.max[column],
    dots: header.whole && header.rows < 80,
  }));
}

function emptyText(hasFailed: boolean, frame: ChartFrame | undefined): string {
  if (frame) return 'No values here';
  return hasFailed ? 'The series could not be read' : 'Reading the data …';
}

/** The first column and those of its size: a volume in billions would flatten a price. */
function similarColumns({ columns }: SeriesInfo): string[] {
  const [first, ...others] = columns.filter(({ kind }) => kind === 'numeric');
  if (!first) return [];
  const close = (value: number | null) =>
    value !== null &&
    first.mean !== null &&
    Math.abs(value) < 4 * Math.abs(first.mean) &&
    Math.abs(value) * 4 > Math.abs(first.mean);
  return [first.name, ...others.filter(({ mean }) => close(mean)).map(({ name }) => name)].slice(0, 3);
}

/** Inside the series, and never less than a few rows. */
function clamp([low, high]: Domain, [start, end]: Domain, stepUs: number): Domain | null {
  const width = Math.max(high - low, 3 * stepUs);
  if (width >= end - start) return null;
  const from = Math.min(Math.max(low, start), end - width);
  return [from, from + width];
}
