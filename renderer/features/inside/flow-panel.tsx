// The gradient through time over the epochs, as a probe recorded it while the run trained: lag by epoch.
import { useQuery } from '@tanstack/react-query';
import type { InsideFlowFrame } from '../../../engine/contract/inside/probe.ts';
import type { Place } from '../../../engine/contract/inside/target.ts';
import { HeatMap } from '../../charts/heat-map.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { formatCount, formatNumber, plural } from '../../ui/format.ts';
import { Note } from '../../ui/messages.tsx';
import { Panel } from '../../ui/page.tsx';
import classes from '../run/run-page.module.css';
import { flowQuery } from './inside-queries.ts';
import { rowBorders } from './window-time.ts';

interface FlowPanelProps {
  readonly run: number;
  readonly version: string;
  readonly place: Place;
}

/** Powers of ten below the largest gradient that are told apart. */
const DECADES = 6;

export function FlowPanel({ run, version, place }: FlowPanelProps) {
  const engine = useEngine();
  const { data: frame, error } = useQuery(
    flowQuery(engine, { run, of: 'hidden', place, layer: 0, head: 0 }, version),
  );
  // Of an older run, or one without a probe, nothing was recorded; the engine's sentence says so.
  if (error) {
    return (
      <div className={classes.wide}>
        <Note>{error.message}</Note>
      </div>
    );
  }
  if (!frame || frame.columns.epoch.length === 0) return null;
  return (
    <Panel className={classes.wide ?? ''}>
      <Flow frame={frame} />
    </Panel>
  );
}

function Flow({ frame }: { readonly frame: InsideFlowFrame }) {
  const { header, columns } = frame;
  const values = columns.value.map((norms) => norms.map(Math.log10));
  const top = values.reduce(
    (most, norms) => norms.reduce((one, value) => Math.max(one, value), most),
    -DECADES,
  );
  const lowest = values.reduce(
    (least, norms) =>
      norms.reduce((one, value) => (Number.isFinite(value) ? Math.min(one, value) : one), least),
    top,
  );
  const epochs = Float64Array.from(columns.epoch);
  const borders = rowBorders(epochs);
  return (
    <HeatMap
      title="Size of the gradient dL/dh: lags down, epochs across"
      height={230}
      values={values}
      from={borders.subarray(0, epochs.length)}
      to={borders.subarray(1)}
      xDomain={[borders[0]!, borders.at(-1)!]}
      xKind="count"
      formatX={(epoch) => formatCount(Math.round(epoch))}
      range={{ low: Math.max(lowest, top - DECADES), high: top }}
      table="sequential"
      formatValue={(power) => formatNumber(10 ** power, 2)}
      nameLine={(line) => `lag ${lagsOf(header.lags[line])}`}
      labelLine={(line) => String(header.lags[line]?.from ?? '')}
      controls={
        <span className="muted">
          epoch 0 is before training; over {plural(header.windows, 'validation window')}, a logarithmic scale
        </span>
      }
    />
  );
}

/** `12`, or `12 to 15` where one number stands for several. */
function lagsOf(span: InsideFlowFrame['header']['lags'][number] | undefined): string {
  if (!span) return '';
  return span.count === 1 ? String(span.from) : `${span.from} to ${span.from + span.count - 1}`;
}
