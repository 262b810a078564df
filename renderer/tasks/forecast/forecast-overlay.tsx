// The forecasts of several runs from the same origin, beside the actual values.
import { Select, Slider } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ForecastAtFrame } from '../../../engine/contract/results/forecast.ts';
import type { RunSummary } from '../../../engine/contract/runs/run.ts';
import { runLabel } from '../../../engine/words/run-label.ts';
import type { Line } from '../../charts/draw.ts';
import { LinePlot } from '../../charts/line-plot.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { forecastQuery, studiesQuery } from '../../engine/queries.ts';
import { useCatalogue } from '../../engine/use-catalogue.ts';
import classes from '../../features/compare/compare.module.css';
import { lookOf } from '../../features/compare/run-look.ts';
import { weightsOf } from '../../features/run/weights-of.ts';
import { formatCount, formatDataTime, formatNumber } from '../../ui/format.ts';
import { Panel } from '../../ui/page.tsx';
import { EnsemblePanel } from '../ensemble-panel.tsx';
import type { OverlayProps } from '../task-screens.ts';
import { useScoredPart } from '../use-scored-part.ts';
import { FoldsPanel } from './folds-panel.tsx';
import { forecastLines, joined } from './forecast-lines.ts';

export function ForecastOverlay(props: OverlayProps) {
  return (
    <>
      <ForecastsOfOrigin {...props} />
      <Together {...props} />
    </>
  );
}

/** Of backtests fold by fold; of runs all of them. */
function Together({ runs }: OverlayProps) {
  const { data: studies = [] } = useQuery(studiesQuery(useEngine()));
  const backtests = studies.filter(
    ({ hasFolds, runs: members }) => hasFolds && runs.some(({ id }) => members.includes(id)),
  );
  if (backtests.length === 0) return <EnsemblePanel runs={runs} of="forecasts" hasWay />;
  return <FoldsPanel studies={backtests.toSorted((one, other) => one.id - other.id)} />;
}

function ForecastsOfOrigin({ runs, looks }: OverlayProps) {
  const engine = useEngine();
  const catalogue = useCatalogue();
  const able = runs.filter(({ bestEpoch }) => bestEpoch !== null);
  const part = useScoredPart(able);
  const [leadId, setLeadId] = useState<number | null>(null);
  const [origin, setOrigin] = useState(0);
  const lead = able.find(({ id }) => id === leadId) ?? able[0];
  const { data: frame } = useQuery({
    ...forecastQuery(engine, {
      run: lead?.id ?? 0,
      part,
      origin,
      weights: lead ? weightsOf(lead) : '',
    }),
    enabled: lead !== undefined,
    retry: false,
  });
  const target = frame?.header.targets[0];
  const others = useQueries({
    queries: able.map((run) => ({
      ...forecastQuery(engine, {
        run: run.id,
        part,
        originUs: frame?.header.originUs ?? 0,
        series: frame?.header.series ?? '',
        weights: weightsOf(run),
      }),
      enabled: frame !== undefined && run.datasetName === lead?.datasetName,
      retry: false,
    })),
  });
  if (able.length < 2 || !lead) return null;
  const lines: Line[] = [
    ...forecastLines(frame, 0, { shown: [], catalogue }).filter(({ id }) => id === 'actual'),
    ...others.flatMap(({ data }, place) => lineOf(data, able[place], { frame, target, looks })),
  ];
  return (
    <Panel>
      <LinePlot
        title={`Forecasts of ${target ?? 'one origin'}${part === 'test' ? '' : ', validation part'}`}
        lines={lines}
        height={300}
        xKind="time"
        formatX={formatDataTime}
        formatY={formatNumber}
        markers={frame ? [{ at: frame.header.originUs, label: 'origin' }] : []}
        empty="Making the forecasts …"
        controls={
          <Select
            aria-label="Origins of"
            data={able.map((run) => ({ value: String(run.id), label: `Origins of ${runLabel(run)}` }))}
            value={String(lead.id)}
            onChange={(next) => setLeadId(Number(next))}
            allowDeselect={false}
            w={220}
          />
        }
      />
      {frame && (
        <div className={classes.origins}>
          <Slider
            style={{ flex: '1 1 160px' }}
            min={0}
            max={Math.max(1, frame.header.origins - 1)}
            value={origin}
            onChange={setOrigin}
            label={null}
            thumbLabel="Origin of the forecasts"
          />
          <span className="num">
            {formatDataTime(frame.header.originUs)}{' '}
            <span className="muted">
              {formatCount(frame.header.origin + 1)} of {formatCount(frame.header.origins)}
            </span>
          </span>
        </div>
      )}
    </Panel>
  );
}

interface Shared {
  readonly frame: ForecastAtFrame | undefined;
  readonly target: string | undefined;
  readonly looks: OverlayProps['looks'];
}

/** A line only where the run forecasts that column from that very origin: another one would be a different question. */
function lineOf(data: ForecastAtFrame | undefined, run: RunSummary | undefined, shared: Shared): Line[] {
  const { frame, target, looks } = shared;
  const column = data?.header.targets.indexOf(target ?? '') ?? -1;
  if (!data || !run || column < 0 || data.header.originUs !== frame?.header.originUs) return [];
  const y = joined(data.columns.forecast[column]!, data.columns.actual[column]!);
  const look = looks.get(run.id) ?? lookOf(0);
  return [{ id: String(run.id), label: runLabel(run), ...look, x: data.columns.time, y, width: 2 }];
}
