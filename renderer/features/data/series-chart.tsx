// A series over time, from all of it down to a single hour; the engine reduces it to the width of the chart.
import { Button, Chip, MultiSelect, SegmentedControl } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import type { DatasetDetail, SeriesInfo } from '../../../engine/contract/datasets/dataset.ts';
import { ChartFrame } from '../../../engine/contract/datasets/frames.ts';
import { CursorGroup } from '../../charts/cursor-group.tsx';
import type { Line } from '../../charts/draw.ts';
import { LinePlot } from '../../charts/line-plot.tsx';
import type { Marker } from '../../charts/overlay.tsx';
import type { Domain } from '../../charts/scales.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { keys } from '../../engine/queries.ts';
import { formatCount, formatDataTime, formatKnown } from '../../ui/format.ts';
import { Panel } from '../../ui/page.tsx';
import { ClockSelect } from './clock-select.tsx';
import classes from './data.module.css';

const POINTS = 1_200;
const COLORS = 10;

/** How the columns share the height: one axis for all, its logarithm, or an axis for each column. */
const AXES = [
  { value: 'shared', label: 'One axis' },
  { value: 'log', label: 'Log' },
  { value: 'own', label: 'Own axes' },
];
const HEIGHT = 320;
const LEAST_HEIGHT = 130;
const MOST_OTHERS = 5;

interface SeriesChartProps {
  readonly dataset: DatasetDetail;
  readonly series: SeriesInfo;
  /** IANA zone of the clock, and what changes it. */
  readonly timeZone: string;
  readonly onTimeZone: (zone: string) => void;
}

export function SeriesChart({ dataset, series, timeZone, onTimeZone }: SeriesChartProps) {
  const numeric = series.columns.filter(({ kind }) => kind === 'numeric').map(({ name }) => name);
  const [chosen, setChosen] = useState<readonly string[]>(() => similarColumns(series));
  const [range, setRange] = useState<Domain | null>(null);
  const [axes, setAxes] = useState('shared');
  const [others, setOthers] = useState<readonly string[]>([]);
  const names = [series.name, ...others];
  const { frames, error } = useFrames(dataset, names, { chosen, range });
  const [frame] = frames;
  const lines = frames.flatMap((one, at) =>
    one ? linesOf(one, numeric, others.length > 0 ? { name: names[at]!, at } : null) : [],
  );
  const whole: Domain = [series.startUs, series.endUs];
  const groups =
    axes === 'own' ? chosen.map((column) => lines.filter((line) => line.column === column)) : [lines];
  const counts = frame && `${formatCount(frame.header.rows)} of ${formatCount(frame.header.allRows)} rows`;
  return (
    <Panel>
      <CursorGroup>
        {groups.map((group, at) => (
          <LinePlot
            key={axes === 'own' ? chosen[at] : 'all'}
            title={axes === 'own' ? `${series.name}: ${chosen[at]}` : series.name}
            lines={group}
            height={Math.max(LEAST_HEIGHT, HEIGHT / groups.length)}
            xKind="time"
            zone={timeZone}
            yScale={axes === 'log' ? 'log' : 'linear'}
            xDomain={range ?? whole}
            onRange={(next) => setRange(next && clamp(next, whole, series.stepUs))}
            wheel
            markers={marksOf(dataset, series.name, axes === 'own' ? chosen.slice(at, at + 1) : chosen)}
            formatX={(time) => formatDataTime(time, series.stepUs, timeZone)}
            formatY={formatKnown}
            controls={
              at === 0 && (
                <>
                  <span className="muted num">{counts}</span>
                  <Button variant="subtle" size="compact-xs" disabled={!range} onClick={() => setRange(null)}>
                    Show all
                  </Button>
                </>
              )
            }
            empty={emptyText({ chosen, isLog: axes === 'log', hasFailed: error !== null, frame })}
          />
        ))}
        {groups.length === 0 && <span className="muted">Choose a column to see it</span>}
      </CursorGroup>
      <div className={classes.toolbar} style={{ paddingTop: 8 }}>
        <SegmentedControl aria-label="Axes" size="xs" data={AXES} value={axes} onChange={setAxes} />
        <ClockSelect fileZone={dataset.recipe.timeZone} value={timeZone} onChange={onTimeZone} />
        {dataset.series > 1 && (
          <MultiSelect
            aria-label="More series in the chart"
            placeholder={others.length === 0 ? 'More series' : ''}
            data={dataset.seriesInfo.map(({ name }) => name).filter((name) => name !== series.name)}
            value={[...others]}
            onChange={setOthers}
            maxValues={MOST_OTHERS}
            limit={50}
            size="xs"
            searchable
            miw={180}
          />
        )}
        <Chip.Group multiple value={[...chosen]} onChange={setChosen}>
          <div className={classes.toolbar} style={{ gap: 6 }}>
            {numeric.slice(0, MOST_CHIPS).map((name) => (
              <Chip key={name} value={name} size="xs" variant="outline">
                {name}
              </Chip>
            ))}
          </div>
        </Chip.Group>
        {numeric.length > MOST_CHIPS && (
          <MultiSelect
            aria-label="Columns of the chart"
            placeholder={`All ${formatCount(numeric.length)} columns`}
            data={numeric}
            value={[...chosen]}
            onChange={setChosen}
            maxValues={MOST_COLUMNS}
            limit={50}
            size="xs"
            searchable
            miw={220}
          />
        )}
      </div>
    </Panel>
  );
}

/** Chips of a wide dataset would fill the page: the rest is searched. */
const MOST_CHIPS = 40;
const MOST_COLUMNS = 20;

interface View {
  readonly chosen: readonly string[];
  readonly range: Domain | null;
}

/** What the engine makes of each series, in the order of the names; undefined while it is read. */
function useFrames({ id, version }: DatasetDetail, names: readonly string[], { chosen, range }: View) {
  const engine = useEngine();
  const results = useQueries({
    queries: names.map((series) => {
      const request = {
        dataset: id,
        version,
        series,
        columns: [...chosen],
        points: POINTS,
        ...(range ? { fromUs: range[0], toUs: range[1] } : {}),
      };
      return {
        queryKey: [...keys.datasets, 'chart', request],
        queryFn: async ({ signal }: { signal: AbortSignal }) =>
          ChartFrame.fromAnswer(await engine.datasets.chart(request, { signal })),
        placeholderData: (before: ChartFrame | undefined) => before,
        enabled: chosen.length > 0,
        staleTime: Number.POSITIVE_INFINITY,
      };
    }),
  });
  const error = results.find((one) => one.error !== null)?.error ?? null;
  return { frames: results.map(({ data }) => data), error };
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

interface ColumnLine extends Line {
  readonly column: string;
}

/** @param other the series, where several are shown */
function linesOf(
  { header, columns }: ChartFrame,
  numeric: readonly string[],
  other: { readonly name: string; readonly at: number } | null,
): ColumnLine[] {
  return header.columns.map((name, column) => ({
    id: other ? `${other.name} ${name}` : name,
    column: name,
    label: other ? `${other.name} ${name}` : name,
    color: `--hc-series-${((numeric.indexOf(name) + header.columns.length * (other?.at ?? 0)) % COLORS) + 1}`,
    x: columns.time,
    xEnd: columns.end,
    y: columns.mean[column]!,
    min: columns.min[column],
    max: columns.max[column],
    dots: header.whole && header.rows < 80,
  }));
}

interface Emptiness {
  readonly chosen: readonly string[];
  readonly isLog: boolean;
  readonly hasFailed: boolean;
  readonly frame: ChartFrame | undefined;
}

function emptyText({ chosen, isLog, hasFailed, frame }: Emptiness): string {
  if (chosen.length === 0) return 'Choose a column to see it';
  if (frame) return isLog ? 'No values above 0 here: a log axis shows no others' : 'No values here';
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
