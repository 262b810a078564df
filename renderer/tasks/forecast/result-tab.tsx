// The Result tab: the verdict, the forecasts over the whole test part, the worst forecasts, and the scores of each series.
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ResultFrame } from '../../../engine/contract/results/result.ts';
import type { RunDetail } from '../../../engine/contract/runs/run.ts';
import { hrefOf, navigate } from '../../app/router.ts';
import { LinePlot } from '../../charts/line-plot.tsx';
import type { Domain } from '../../charts/scales.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { resultQuery } from '../../engine/queries.ts';
import classes from '../../features/run/run-page.module.css';
import { weightsOf } from '../../features/run/weights-of.ts';
import { formatDataTime, formatKnown, plural } from '../../ui/format.ts';
import { ErrorMessage, Note } from '../../ui/messages.tsx';
import { Panel, Scroll } from '../../ui/page.tsx';
import type { RunTabProps } from '../run-tab.ts';
import { Verdict } from '../verdict.tsx';
import { JumpToDate } from './jump-to-date.tsx';
import { overTimeLines } from './result-lines.ts';
import { ErrorByStep, WorstOrigins } from './result-panels.tsx';
import { SaveErrors } from './save-errors.tsx';
import { SeriesScores } from './series-scores.tsx';

const POINTS = 1_200;

export function ResultTab({ run }: RunTabProps) {
  const [series, setSeries] = useState<string | null>(null);
  const [target, setTarget] = useState<string | null>(null);
  const [range, setRange] = useState<Domain | null>(null);
  const request = {
    run: run.id,
    points: POINTS,
    weights: weightsOf(run),
    ...(series === null ? {} : { series }),
    ...(target === null ? {} : { target }),
  };
  const engine = useEngine();
  const { data: whole, error } = useQuery({ ...resultQuery(engine, request), retry: false });
  const zoomed = useQuery({
    ...resultQuery(engine, { ...request, ...(range ? { fromUs: range[0], toUs: range[1] } : {}) }),
    enabled: range !== null,
    retry: false,
  });
  const frame = range === null ? whole : (zoomed.data ?? whole);
  const choose = (name: string) => {
    setSeries(name);
    setRange(null);
  };
  return (
    <Scroll label="Result">
      <div className={classes.charts}>
        {error && (
          <div className={classes.wide}>
            <ErrorMessage error={error} />
          </div>
        )}
        <Verdict run={run} text={whole?.header.verdict ?? ''} />
        <DataNotes run={run} />
        <div className={`${classes.resultControls} ${classes.wide}`}>
          {whole && whole.header.seriesNames.length > 1 && (
            <Select
              aria-label="Series"
              data={[...whole.header.seriesNames]}
              value={whole.header.series}
              onChange={(next) => next !== null && choose(next)}
              allowDeselect={false}
              searchable
              w={190}
            />
          )}
          {whole && whole.header.targets.length > 1 && (
            <Select
              aria-label="Target"
              data={[...whole.header.targets]}
              value={whole.header.targets[whole.header.target] ?? null}
              onChange={setTarget}
              allowDeselect={false}
              w={150}
            />
          )}
          <JumpToDate
            {...(whole ? { firstUs: whole.header.firstUs, lastUs: whole.header.lastUs } : {})}
            onJump={(at) => whole && openForecast(run, whole, { at: String(at) })}
          />
        </div>
        <OverTime frame={frame} whole={whole} range={range} onRange={setRange} hasFailed={error !== null} />
        {whole && (
          <>
            <ErrorByStep frame={whole} controls={<SaveErrors run={run} table="errors-by-step.csv" />} />
            <WorstOrigins
              frame={whole}
              onOrigin={(origin) => openForecast(run, whole, { origin: String(origin) })}
            />
            <SeriesScores
              frame={whole}
              metrics={run.configuration.task.metrics}
              controls={<SaveErrors run={run} table="scores-by-series.csv" />}
              onSeries={choose}
            />
          </>
        )}
      </div>
    </Scroll>
  );
}

/** What the scores have to be read with; the first notes are the gravest. */
const MOST_NOTES = 2;

function DataNotes({ run }: RunTabProps) {
  const left = run.notes.length - MOST_NOTES;
  if (run.notes.length === 0) return null;
  return (
    <div className={classes.wide}>
      <Note calm>
        {run.notes.slice(0, MOST_NOTES).map((note) => (
          <div key={note}>{note}</div>
        ))}
        {left > 0 && (
          <a href={hrefOf(['runs', run.id, 'configuration'])}>{plural(left, 'more note')} in Configuration</a>
        )}
      </Note>
    </div>
  );
}

/** The Forecast tab at that origin, of the series and target that are looked at. */
function openForecast(
  run: RunDetail,
  { header }: ResultFrame,
  where: Readonly<Record<string, string>>,
): void {
  const { series, target } = header;
  navigate(hrefOf(['runs', run.id, 'forecast'], { series, target: String(target), ...where }));
}

interface OverTimeProps {
  readonly frame: ResultFrame | undefined;
  readonly whole: ResultFrame | undefined;
  readonly range: Domain | null;
  readonly onRange: (range: Domain | null) => void;
  readonly hasFailed: boolean;
}

function OverTime({ frame, whole, range, onRange, hasFailed }: OverTimeProps) {
  const { time, end } = whole?.columns ?? {};
  const all: Domain | undefined = time && end ? [time[0] ?? 0, end.at(-1) ?? 1] : undefined;
  const stepUs = frame ? (frame.columns.time[1] ?? 0) - (frame.columns.time[0] ?? 0) : 0;
  return (
    <Panel className={classes.wide ?? ''}>
      <LinePlot
        title={frame ? titleOf(frame) : 'Whole test part'}
        lines={frame ? overTimeLines(frame) : []}
        height={320}
        xKind="time"
        xDomain={range ?? all}
        onRange={(next) => onRange(next && all ? inside(next, all) : next)}
        wheel
        formatX={(at) => formatDataTime(at, stepUs)}
        formatY={formatKnown}
        controls={
          frame && (
            <span className="muted num">
              {plural(frame.header.origins, 'origin')}
              {frame.header.epoch !== null && `, weights of epoch ${frame.header.epoch}`}
            </span>
          )
        }
        empty={hasFailed ? 'No result' : 'Making the forecasts of the test part …'}
      />
    </Panel>
  );
}

function titleOf({ header }: ResultFrame): string {
  const column = header.targets[header.target] ?? '';
  return header.seriesNames.length > 1 ? `${header.series}, ${column}` : column;
}

/** Null where nothing is left out. */
function inside([low, high]: Domain, [start, end]: Domain): Domain | null {
  const width = Math.max(high - low, (end - start) / 10_000);
  if (width >= end - start) return null;
  const from = Math.min(Math.max(low, start), end - width);
  return [from, from + width];
}
