// The Forecast tab: the forecast from any origin of the test or validation part beside the actual values (a slider and the arrow
// keys choose the origin), and the forecast of the future, which has no actual values yet.
import { Chip, SegmentedControl, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ForecastAtFrame } from '../../../engine/contract/results/forecast.ts';
import { ACTIVE_STATES } from '../../../engine/contract/runs/run.ts';
import { MOST_BASELINES } from '../../../engine/words/scores/ranked-baselines.ts';
import { useKeymap } from '../../app/hotkeys.ts';
import { parseRoute } from '../../app/router.ts';
import { LinePlot } from '../../charts/line-plot.tsx';
import { useChartHeight } from '../../charts/use-chart-height.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { forecastQuery } from '../../engine/queries.ts';
import { useCatalogue } from '../../engine/use-catalogue.ts';
import { OriginSlider } from '../../features/run/origin-slider.tsx';
import classes from '../../features/run/run-page.module.css';
import { weightsOf } from '../../features/run/weights-of.ts';
import { formatDataTime, formatKnown } from '../../ui/format.ts';
import { ErrorMessage, Note } from '../../ui/messages.tsx';
import { EmptyState, Panel, Scroll } from '../../ui/page.tsx';
import type { RunTabProps } from '../run-tab.ts';
import { bestBaselines, type PartRanking } from './best-baselines.ts';
import { forecastLines } from './forecast-lines.ts';
import { FutureForecast } from './future-forecast.tsx';
import { JumpToDate } from './jump-to-date.tsx';

type Part = 'test' | 'validation' | 'future';

const PARTS = [
  { value: 'test', label: 'Test' },
  { value: 'validation', label: 'Validation' },
  { value: 'future', label: 'Future' },
];

export function ForecastTab({ run }: RunTabProps) {
  const training = run.state === 'running' || run.state === 'paused';
  const [part, setPart] = useState<Part>(training || run.testHidden ? 'validation' : 'test');
  const parts = PARTS.filter(({ value }) => value !== 'test' || !run.testHidden);
  const [place, setPlace] = useState<Place>(placeInAddress);
  const [target, setTarget] = useState(targetInAddress);
  const [chosenBaselines, setBaselines] = useState<string[] | null>(null);
  const catalogue = useCatalogue();
  const height = useChartHeight();
  const weights = weightsOf(run);
  const { frame, error } = useForecastAt(run, part, place, weights);
  const stepUs = frame ? stepOf(frame.columns.time) : 0;
  const [metric = ''] = run.configuration.task.metrics;
  const baselines = chosenBaselines ?? shownBaselines(run, frame, { part, metric, catalogue });
  const first = frame?.header.firstOfSeries ?? 0;
  const last = first + (frame?.header.originsOfSeries ?? 1) - 1;
  // What was asked for may still be on its way.
  const origin = place.origin ?? frame?.header.origin ?? 0;
  const go = (to: number) => setPlace({ origin: Math.max(first, Math.min(last, to)) });
  const keys = {
    arrowleft: () => go(origin - 1),
    arrowright: () => go(origin + 1),
    pageup: () => go(origin + PAGE),
    pagedown: () => go(origin - PAGE),
    home: () => go(first),
    end: () => go(last),
  };
  // The table of the future scrolls by these keys.
  useKeymap(part === 'future' ? {} : keys);
  const show = (next: Part) => {
    setPart(next);
    setPlace({ origin: 0 });
  };
  if (run.bestEpoch === null) {
    return (
      <EmptyState title={ACTIVE_STATES.includes(run.state) ? 'No forecast yet' : 'No forecast'}>
        {ACTIVE_STATES.includes(run.state)
          ? 'The first one is made with the weights of the first epoch, as soon as that has ended.'
          : 'The run ended before its first epoch did, so there are no weights to forecast with.'}
      </EmptyState>
    );
  }
  return (
    <>
      <div className={classes.controls}>
        <SegmentedControl
          aria-label="Part of the data"
          data={parts}
          value={part}
          onChange={(next) => show(next as Part)}
        />
        {frame && frame.header.seriesNames.length > 1 && (
          <Select
            aria-label="Series"
            data={[...frame.header.seriesNames]}
            value={frame.header.series}
            onChange={(series) => series !== null && setPlace({ series, originUs: frame.header.originUs })}
            allowDeselect={false}
            searchable
            w={170}
          />
        )}
        {frame && frame.header.targets.length > 1 && (
          <Select
            aria-label="Target"
            data={frame.header.targets.map((label, index) => ({ value: String(index), label }))}
            value={String(target)}
            onChange={(next) => setTarget(Number(next))}
            allowDeselect={false}
            w={150}
          />
        )}
        <Chip.Group multiple value={[...baselines]} onChange={setBaselines}>
          {frame?.header.baselines.map((id) => (
            <Chip key={id} value={id} size="xs" variant="outline">
              {id}
            </Chip>
          ))}
        </Chip.Group>
        {frame && <JumpToDate onJump={(originUs) => setPlace({ series: frame.header.series, originUs })} />}
      </div>
      <Scroll label="Forecast" takesFocus>
        <div className={classes.charts}>
          {error && (
            <div className={classes.wide}>
              <ErrorMessage error={error} />
            </div>
          )}
          {training && (frame || part === 'future') && (
            <div className={classes.wide}>
              <Note>
                It is still training: this is the forecast of the best epoch so far, epoch {run.bestEpoch}.
              </Note>
            </div>
          )}
          {part === 'future' ? (
            <div className={classes.wide}>
              <FutureForecast
                run={run}
                weights={weights}
                onCancel={() => show(run.testHidden ? 'validation' : 'test')}
              />
            </div>
          ) : (
            <Panel className={classes.wide ?? ''}>
              <LinePlot
                title={frame ? (frame.header.targets[target] ?? '') : 'Forecast'}
                lines={forecastLines(frame, target, { shown: baselines, catalogue })}
                height={height}
                xKind="time"
                formatX={(at) => formatDataTime(at, stepUs)}
                formatY={formatKnown}
                markers={frame ? [{ at: frame.header.originUs, label: 'origin' }] : []}
                empty={error ? 'No forecast' : 'Making the forecasts of this part …'}
              />
              {frame && <OriginSlider header={frame.header} origin={origin} onOrigin={go} stepUs={stepUs} />}
            </Panel>
          )}
        </div>
      </Scroll>
    </>
  );
}

/** An origin by its index, or the first of a series at or after a time. */
interface Place {
  readonly origin?: number;
  readonly originUs?: number;
  readonly series?: string;
}

/** Origins that a key for pages goes over. */
const PAGE = 20;

/** A link from the result names one: `?origin=17`, or `?series=store 2&at=` and microseconds. */
function placeInAddress(): Place {
  const { query } = parseRoute(window.location.hash);
  const [at, series] = [query.get('at'), query.get('series')];
  if (at === null) return { origin: Math.max(0, Number(query.get('origin')) || 0) };
  return { originUs: Number(at) || 0, ...(series === null ? {} : { series }) };
}

const targetInAddress = (): number =>
  Math.max(0, Number(parseRoute(window.location.hash).query.get('target')) || 0);

/** The best ones; all where there are no scores yet, up to the number that can be told apart. */
function shownBaselines(
  run: RunTabProps['run'],
  frame: ForecastAtFrame | undefined,
  { part, ...ranking }: Omit<PartRanking, 'part'> & { readonly part: Part },
): readonly string[] {
  const best = part === 'future' ? [] : bestBaselines(run, { part, ...ranking });
  return best.length > 0 ? best : (frame?.header.baselines.slice(0, MOST_BASELINES) ?? []);
}

interface ForecastAt {
  /** The one before while the next is on its way; none of the future. */
  readonly frame: ForecastAtFrame | undefined;
  readonly error: Error | null;
}

function useForecastAt(run: RunTabProps['run'], part: Part, place: Place, weights: string): ForecastAt {
  const engine = useEngine();
  const past = part !== 'future';
  const { data, error } = useQuery({
    ...forecastQuery(engine, { run: run.id, part: past ? part : 'test', ...place, weights }),
    enabled: past && run.bestEpoch !== null,
    retry: false,
  });
  return past ? { frame: data, error } : { frame: undefined, error: null };
}

/** Microseconds between the last two rows shown. */
function stepOf(times: Float64Array): number {
  return (times.at(-1) ?? 0) - (times.at(-2) ?? 0);
}
