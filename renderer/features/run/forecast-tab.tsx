// The forecast from any origin of the test or validation part against what came; slider and arrow keys go through the origins.
import { ActionIcon, Chip, SegmentedControl, Select, Slider } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useKeymap } from '../../app/hotkeys.ts';
import { LinePlot } from '../../charts/line-plot.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { forecastQuery } from '../../engine/queries.ts';
import { formatCount, formatDataTime, formatKnown } from '../../ui/format.ts';
import { ErrorMessage, Note } from '../../ui/messages.tsx';
import { EmptyState, Panel, Scroll } from '../../ui/page.tsx';
import { BASELINES, forecastLines } from './forecast-lines.ts';
import classes from './run-page.module.css';
import type { RunTabProps } from './run-page.tsx';

type Part = 'test' | 'validation';

const PARTS = [
  { value: 'test', label: 'Test' },
  { value: 'validation', label: 'Validation' },
];

export function ForecastTab({ run }: RunTabProps) {
  const engine = useEngine();
  const training = run.state === 'running' || run.state === 'paused';
  const [part, setPart] = useState<Part>(training ? 'validation' : 'test');
  const [origin, setOrigin] = useState(0);
  const [target, setTarget] = useState(0);
  const [baselines, setBaselines] = useState<string[]>([]);
  // While it trains, each new best epoch is another forecast.
  const weights = training ? `epoch ${run.bestEpoch}` : (run.weightsHash ?? run.state);
  const { data: frame, error } = useQuery({
    ...forecastQuery(engine, { run: run.id, part, origin, weights }),
    enabled: run.bestEpoch !== null,
    retry: false,
  });
  const last = (frame?.header.origins ?? 1) - 1;
  const go = (to: number) => setOrigin(Math.max(0, Math.min(last, to)));
  useKeymap({
    arrowleft: () => go(origin - 1),
    arrowright: () => go(origin + 1),
    pageup: () => go(origin - 20),
    pagedown: () => go(origin + 20),
    home: () => go(0),
    end: () => go(last),
  });
  if (run.bestEpoch === null) {
    return (
      <EmptyState title="No forecast yet">
        The first one is made with the weights of the first epoch, as soon as that has ended.
      </EmptyState>
    );
  }
  const stepUs = frame ? stepOf(frame.columns.time as Float64Array) : 0;
  return (
    <>
      <div className={classes.controls}>
        <SegmentedControl
          aria-label="Part of the data"
          data={PARTS}
          value={part}
          onChange={(next) => {
            setPart(next as Part);
            setOrigin(0);
          }}
        />
        {frame && frame.header.targets.length > 1 && (
          <Select
            aria-label="Target"
            data={frame.header.targets.map((label, place) => ({ value: String(place), label }))}
            value={String(target)}
            onChange={(next) => setTarget(Number(next))}
            allowDeselect={false}
            w={150}
          />
        )}
        <Chip.Group multiple value={baselines} onChange={setBaselines}>
          {frame &&
            BASELINES.filter(({ id }) => frame.columns[`0.${id}`]).map(({ id, label }) => (
              <Chip key={id} value={id} size="xs" variant="outline">
                {label}
              </Chip>
            ))}
        </Chip.Group>
      </div>
      <Scroll label="Forecast" takesFocus>
        <div className={classes.charts}>
          {error && (
            <div className={classes.wide}>
              <ErrorMessage error={error} />
            </div>
          )}
          {training && frame && (
            <div className={classes.wide}>
              <Note>
                It is still training: this is the forecast of the best epoch so far, epoch {run.bestEpoch}.
              </Note>
            </div>
          )}
          <Panel className={classes.wide ?? ''}>
            <LinePlot
              title={frame ? (frame.header.targets[target] ?? '') : 'Forecast'}
              lines={forecastLines(frame, target, baselines)}
              height={340}
              xKind="time"
              formatX={(at) => formatDataTime(at, stepUs)}
              formatY={formatKnown}
              markers={frame ? [{ at: frame.header.originUs, label: 'origin' }] : []}
              empty={error ? 'No forecast' : 'Making the forecasts of this part …'}
            />
            {frame && (
              <div className={classes.origins}>
                <ActionIcon
                  variant="default"
                  aria-label="Earlier origin"
                  disabled={origin === 0}
                  onClick={() => go(origin - 1)}
                >
                  <IconChevronLeft size={16} aria-hidden />
                </ActionIcon>
                <Slider
                  style={{ flex: 1 }}
                  min={0}
                  max={Math.max(1, last)}
                  value={origin}
                  onChange={go}
                  label={null}
                  thumbLabel="Origin of the forecast"
                />
                <ActionIcon
                  variant="default"
                  aria-label="Later origin"
                  disabled={origin >= last}
                  onClick={() => go(origin + 1)}
                >
                  <IconChevronRight size={16} aria-hidden />
                </ActionIcon>
                <span className={`${classes.originText} num`}>
                  {formatDataTime(frame.header.originUs, stepUs)}
                  <span className="muted">
                    {' '}
                    origin {formatCount(frame.header.origin + 1)} of {formatCount(frame.header.origins)}
                    {frame.header.seriesNames.length > 1 && `, ${frame.header.series}`}
                  </span>
                </span>
              </div>
            )}
          </Panel>
        </div>
      </Scroll>
    </>
  );
}

/** Microseconds between the last two rows shown. */
function stepOf(times: Float64Array): number {
  return (times.at(-1) ?? 0) - (times.at(-2) ?? 0);
}
