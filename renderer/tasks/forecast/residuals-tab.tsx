// The Residuals tab: the errors over time, their distribution, what is left in them, when and at which level they are large, and a map of
// origins and steps whose cells open the window.
import { SegmentedControl, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Residuals } from '../../../engine/contract/results/residuals.ts';
import { hrefOf, navigate } from '../../app/router.ts';
import { LinePlot } from '../../charts/line-plot.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { residualsQuery } from '../../engine/queries.ts';
import classes from '../../features/run/run-page.module.css';
import { weightsOf } from '../../features/run/weights-of.ts';
import { BusyButton } from '../../ui/busy-button.tsx';
import { formatCount, formatDataTime, formatNumber } from '../../ui/format.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Panel, Scroll } from '../../ui/page.tsx';
import { unbroken } from '../../ui/unbroken.ts';
import type { RunTabProps } from '../run-tab.ts';
import { ErrorMap } from './error-map.tsx';

const COLOR = '--hc-series-2';
const HEIGHT = 200;

export function ResidualsTab({ run }: RunTabProps) {
  const [series, setSeries] = useState<string | null>(null);
  const [target, setTarget] = useState<string | null>(null);
  const [step, setStep] = useState(1);
  const request = {
    run: run.id,
    weights: weightsOf(run),
    step,
    ...(series === null ? {} : { series }),
    ...(target === null ? {} : { target }),
  };
  const { data, error } = useQuery({ ...residualsQuery(useEngine(), request), retry: false });
  return (
    <Scroll label="Residuals">
      <div className={classes.charts}>
        {error && (
          <div className={classes.wide}>
            <ErrorMessage error={error} />
          </div>
        )}
        {!data && !error && (
          <p className={`muted ${classes.wide}`}>Making the forecasts of the test part …</p>
        )}
        {data && (
          <>
            <p className={`${classes.verdict} ${classes.wide}`}>
              {unbroken(`${data.copies.words} ${data.words}`)}
            </p>
            <LeakAudit run={run.id} />
            <div className={`${classes.resultControls} ${classes.wide}`}>
              {data.seriesNames.length > 1 && (
                <Select
                  aria-label="Series"
                  data={data.seriesNames}
                  value={data.series}
                  onChange={(next) => next !== null && setSeries(next)}
                  allowDeselect={false}
                  searchable
                  w={190}
                />
              )}
              {data.targets.length > 1 && (
                <Select
                  aria-label="Target"
                  data={data.targets}
                  value={data.target}
                  onChange={setTarget}
                  allowDeselect={false}
                  w={150}
                />
              )}
              {data.horizon > 1 && (
                <SegmentedControl
                  aria-label="Steps ahead"
                  data={[...new Set([1, Math.ceil(data.horizon / 2), data.horizon])].map((ahead) => ({
                    value: String(ahead),
                    label: ahead === 1 ? '1 step ahead' : `${ahead} steps`,
                  }))}
                  value={String(step)}
                  onChange={(next) => setStep(Number(next))}
                />
              )}
            </div>
            <Pictures run={run} data={data} onOrigin={(origin) => openWindow(run.id, origin)} />
          </>
        )}
      </div>
    </Scroll>
  );
}

/** Takes seconds, so it is asked for. */
function LeakAudit({ run }: { readonly run: number }) {
  const engine = useEngine();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['audit', run] as const,
    queryFn: ({ signal }) => engine.runs.audit({ run }, { signal }),
    enabled: false,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <div className={classes.wide}>
      {data ? (
        <p>{data.words}</p>
      ) : (
        <BusyButton
          variant="default"
          size="xs"
          isBusy={isFetching}
          onClick={() => refetch()}
          title="Replaces everything after some origins by noise; no forecast may change by a bit"
        >
          Look for leaks
        </BusyButton>
      )}
      {error && <ErrorMessage error={error} />}
    </div>
  );
}

/** Means over the lines of the map, by origin; NaN where nothing is known. */
function sizesByOrigin(lines: readonly (readonly number[])[]): number[] {
  return (lines[0] ?? []).map((_, origin) => {
    const known = lines.map((line) => line[origin]!).filter((size) => !Number.isNaN(size));
    return known.reduce((sum, size) => sum + size, 0) / known.length;
  });
}

const openWindow = (run: number, origin: number): void =>
  navigate(hrefOf(['runs', run, 'forecast'], { origin: String(origin) }));

function Pictures({
  run,
  data,
  onOrigin,
}: {
  readonly run: RunTabProps['run'];
  readonly data: Residuals;
  readonly onOrigin: (origin: number) => void;
}) {
  const { overTime } = data;
  const first = overTime.from[0] ?? 0;
  const last = overTime.to.at(-1) ?? 1;
  return (
    <>
      <div className={classes.wide}>
        <Panel>
          <LinePlot
            title={`Error over time, forecast less truth (mean ${formatNumber(data.mean)}, deviation ${formatNumber(data.deviation)})`}
            lines={[
              {
                id: 'error',
                label: 'error',
                color: COLOR,
                width: 1.25,
                x: overTime.from,
                xEnd: overTime.to,
                y: overTime.mean,
                min: overTime.least,
                max: overTime.most,
              },
            ]}
            height={HEIGHT}
            xKind="time"
            xDomain={[first, Math.max(last, first + 1)]}
            formatX={formatDataTime}
            formatY={formatNumber}
          />
        </Panel>
      </div>
      <div className={classes.wide}>
        <Panel>
          <LinePlot
            title={`Size of the errors by origin, mean of ${data.horizon === 1 ? 'one step' : 'all steps'}`}
            lines={[
              {
                id: 'size',
                label: 'mean size',
                color: COLOR,
                width: 1.25,
                x: data.map.from,
                xEnd: data.map.to,
                y: sizesByOrigin(data.map.sizes),
              },
            ]}
            height={HEIGHT}
            xKind="time"
            formatX={formatDataTime}
            formatY={formatNumber}
          />
        </Panel>
      </div>
      <div className={classes.wide}>
        <ErrorMap run={run} data={data} onOrigin={onOrigin} />
      </div>
      <Small
        title="Distribution of the errors"
        label="windows"
        bars={data.histogram.edges[1]! - data.histogram.edges[0]!}
        x={data.histogram.counts.map(
          (_, bin) => (data.histogram.edges[bin]! + data.histogram.edges[bin + 1]!) / 2,
        )}
        y={data.histogram.counts}
        xLabel="error"
        formatX={formatNumber}
        formatY={formatCount}
      />
      {data.autocorrelation && (
        <Small
          title={`Autocorrelation of the errors; beyond ±${formatNumber(data.autocorrelation.bound, 2)} it is hardly chance`}
          label="autocorrelation"
          bars={0.7}
          bound={data.autocorrelation.bound}
          x={data.autocorrelation.values.map((_, lag) => lag + 1)}
          y={data.autocorrelation.values}
          xLabel="lag, rows"
          formatX={formatCount}
          formatY={formatNumber}
        />
      )}
      <Classes
        title="Size of the error by hour of the day (UTC)"
        classes={data.byHour}
        nameOf={(hour) => `${Math.round(hour)} h`}
      />
      <Classes
        title="Size of the error by weekday (UTC)"
        classes={data.byWeekday}
        nameOf={(day) => WEEKDAYS[Math.round(day)] ?? ''}
      />
      <Small
        title="Size of the error by the true value, in tenths"
        label="mean size"
        x={data.byLevel.map(({ level }) => level)}
        y={data.byLevel.map(({ size }) => size)}
        xLabel={data.target}
        formatX={formatNumber}
        formatY={formatNumber}
      />
    </>
  );
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function Classes({
  title,
  classes: groups,
  nameOf,
}: {
  readonly title: string;
  readonly classes: Residuals['byHour'];
  readonly nameOf: (index: number) => string;
}) {
  if (groups.length === 0) return null;
  return (
    <Small
      title={title}
      x={groups.map((_, index) => index)}
      y={groups.map(({ size }) => size)}
      label="mean size"
      bars={0.8}
      formatX={nameOf}
      formatTick={nameOf}
      formatY={formatNumber}
    />
  );
}

interface SmallProps {
  readonly title: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Of the values, in the readout. */
  readonly label: string;
  /** Width of the bars; dots on a line without it. */
  readonly bars?: number;
  /** Dashed lines at this distance from 0. */
  readonly bound?: number;
  readonly xLabel?: string;
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
  readonly formatTick?: (value: number) => string;
}

function Small(props: SmallProps) {
  const { title, x, y, label, bars, bound, xLabel, formatX, formatY, formatTick = plainTick } = props;
  const room = (bars ?? 0) / 2;
  const [low, high] = [Math.min(...x) - room, Math.max(...x) + room];
  const bounds = bound === undefined ? [] : [bound, -bound];
  return (
    <Panel>
      <LinePlot
        title={title}
        lines={[
          {
            id: title,
            label,
            color: COLOR,
            x,
            y,
            width: 1.5,
            ...(bars === undefined ? { dots: true } : { bars }),
          },
          ...bounds.map((value) => ({
            id: `bound ${value}`,
            label: 'bound',
            color: '--hc-axis',
            x: [low, high],
            y: [value, value],
            dash: [4, 3],
            width: 1,
            silent: true,
          })),
        ]}
        height={HEIGHT}
        xKind={formatX === formatNumber ? 'number' : 'count'}
        {...(xLabel === undefined ? {} : { xLabel })}
        xDomain={[low, Math.max(high, low + 1e-9)]}
        formatX={formatX}
        formatTick={formatTick}
        formatY={formatY}
      />
    </Panel>
  );
}

/** Without digits that say nothing: −5, not −5.000. */
const plainTick = (value: number): string =>
  value.toLocaleString('en-US', { maximumSignificantDigits: 6 }).replace('-', '−');
