// The codes of the steps as a picture: units down, steps across.
import { useQuery } from '@tanstack/react-query';
import { HeatMap } from '../../charts/heat-map.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Panel } from '../../ui/page.tsx';
import classes from '../run/run-page.module.css';
import { positionsQuery } from './inside-queries.ts';
import type { InsideViewProps } from './inside-view.ts';
import { Failed } from './use-window.tsx';

const KINDS = { sine: 'waves of rising length', learned: 'learned with the other weights' } as const;

export function PositionsPanel({ target, version }: InsideViewProps) {
  const { data: frame, error } = useQuery(positionsQuery(useEngine(), target, version));
  if (error) return <Failed error={error} />;
  if (!frame) return null;
  const { header, columns } = frame;
  const steps = columns.code[0]?.length ?? 0;
  return (
    <Panel className={classes.wide ?? ''}>
      <HeatMap
        title={`Codes of the positions (${KINDS[header.kind]}): units down, steps across`}
        height={Math.min(260, Math.max(120, 40 + header.units.length * 5))}
        values={columns.code}
        from={Float64Array.from({ length: steps }, (_, step) => step - 0.5)}
        to={Float64Array.from({ length: steps }, (_, step) => step + 0.5)}
        xDomain={[-0.5, Math.max(0.5, steps - 0.5)]}
        xKind="count"
        xLabel="step"
        formatX={(step) => `step ${formatCount(Math.round(step))}`}
        range={{ low: -header.reach, high: header.reach }}
        table="diverging"
        formatValue={(value) => formatNumber(value, 3)}
        nameLine={(unit) => `unit ${unit}`}
        labelLine={(unit) => String(unit)}
      />
    </Panel>
  );
}
