// Gradient norms of each parameter array: which part of the model still learns.
import { Chip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { LinePlot, type LinePlotProps } from '../../charts/line-plot.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { curvesQuery } from '../../engine/queries.ts';
import type { RunTabProps } from '../../tasks/run-tab.ts';
import { linesOf, type StepAxis } from './curve-lines.ts';

const PREFIX = 'gradientNorm/';
const COLORS = 10;
/** The most lines that can still be told apart. */
const SHOWN_AT_FIRST = 6;

type ChartProps = Pick<LinePlotProps, 'xDomain' | 'onRange' | 'xKind' | 'xLabel' | 'formatX' | 'formatY'>;

interface ParameterNormsProps extends RunTabProps, ChartProps {
  readonly view: StepAxis;
  readonly scale: 'linear' | 'log';
  readonly smoothing: number;
}

export function ParameterNorms({ run, view, scale, smoothing, ...chart }: ParameterNormsProps) {
  const engine = useEngine();
  const all = run.stepMetrics.filter((name) => name.startsWith(PREFIX));
  const [hidden, setHidden] = useState<ReadonlySet<string>>(() => new Set(all.slice(SHOWN_AT_FIRST)));
  const names = all.filter((name) => !hidden.has(name));
  const { data } = useQuery({
    ...curvesQuery(engine, { run: run.id, scope: 'step', names, points: 600, smoothing }),
    enabled: names.length > 0,
  });
  const looks = names.map((name) => [name, [name.slice(PREFIX.length), colorOf(all.indexOf(name))]] as const);
  // Without envelopes: six of them hide each other.
  const lines = linesOf(data, Object.fromEntries(looks), view).map(
    ({ min: _min, max: _max, ...line }) => line,
  );
  return (
    <>
      <LinePlot title="Gradient norm by parameter" height={220} lines={lines} yScale={scale} {...chart} />
      {all.length > SHOWN_AT_FIRST && (
        <Chip.Group
          multiple
          value={names}
          onChange={(shown) => setHidden(new Set(all.filter((name) => !shown.includes(name))))}
        >
          <div style={{ display: 'flex', flexWrap: 'wrap', gap: 6, paddingTop: 6 }}>
            {all.map((name) => (
              <Chip key={name} value={name} size="xs" variant="outline">
                {name.slice(PREFIX.length)}
              </Chip>
            ))}
          </div>
        </Chip.Group>
      )}
    </>
  );
}

const colorOf = (index: number): string => `--hc-series-${(index % COLORS) + 1}`;
