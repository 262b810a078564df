// The gradient through time over the epochs, as a probe recorded it while the run trained: lag by epoch.
import { useQueries, useQuery } from '@tanstack/react-query';
import type { InsideFlowFrame } from '../../../engine/contract/inside/probe.ts';
import type { Place } from '../../../engine/contract/inside/target.ts';
import type { HeatRange } from '../../charts/heat-image.ts';
import { HeatMap } from '../../charts/heat-map.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { formatCount, formatNumber, plural } from '../../ui/format.ts';
import { Note } from '../../ui/messages.tsx';
import { Panel } from '../../ui/page.tsx';
import classes from '../run/run-page.module.css';
import insideClasses from './inside.module.css';
import { flowQuery } from './inside-queries.ts';
import { epochBorders } from './window-time.ts';

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
      <Flow frame={frame} range={rangeOf([frame])} />
    </Panel>
  );
}

interface FlowSide extends FlowPanelProps {
  readonly label: string;
}

/** The maps of two runs on one colour scale; none where one of them recorded nothing. */
export function FlowPair({ sides }: { readonly sides: readonly FlowSide[] }) {
  const engine = useEngine();
  const found = useQueries({
    queries: sides.map(({ run, version, place }) =>
      flowQuery(engine, { run, of: 'hidden', place, layer: 0, head: 0 }, version),
    ),
  });
  const frames = found.flatMap(({ data }) => (data && data.columns.epoch.length > 0 ? [data] : []));
  if (frames.length < sides.length) return null;
  const range = rangeOf(frames);
  return (
    <div className={insideClasses.pair}>
      {frames.map((frame, index) => (
        <Flow key={sides[index]!.run} frame={frame} range={range} of={sides[index]!.label} />
      ))}
    </div>
  );
}

/** Of all of them: as many powers of ten below the largest as there are, and not more than can be told apart. */
function rangeOf(frames: readonly InsideFlowFrame[]): HeatRange {
  let [low, high] = [Number.POSITIVE_INFINITY, -DECADES];
  for (const { columns } of frames) {
    for (const norm of columns.value.flatMap((norms) => [...norms])) {
      const power = Math.log10(norm);
      if (!Number.isFinite(power)) continue;
      low = Math.min(low, power);
      high = Math.max(high, power);
    }
  }
  return { low: Math.max(Math.min(low, high), high - DECADES), high };
}

interface FlowProps {
  readonly frame: InsideFlowFrame;
  readonly range: HeatRange;
  /** The run, where there are several. */
  readonly of?: string;
}

function Flow({ frame, range, of }: FlowProps) {
  const { header, columns } = frame;
  // What the gradient does not reach is empty, and not zero.
  const values = [
    ...columns.value.map((norms) => norms.map(Math.log10)),
    ...absentLines(header).map(() => new Float32Array(columns.epoch.length).fill(Number.NaN)),
  ];
  const epochs = Float64Array.from(columns.epoch);
  const borders = epochBorders(epochs);
  return (
    <HeatMap
      title={`Size of the gradient dL/dh${of === undefined ? '' : ` of ${of}`}: lags down, epochs across`}
      height={230}
      values={values}
      from={borders.subarray(0, epochs.length)}
      to={borders.subarray(1)}
      xDomain={[borders[0]!, borders.at(-1)!]}
      xKind="count"
      formatX={(epoch) => formatCount(Math.round(epoch))}
      range={range}
      table="sequential"
      formatValue={(power) => formatNumber(10 ** power, 2)}
      nameLine={(line) =>
        line < header.lags.length
          ? `lag ${lagsOf(header.lags[line])}`
          : 'absent: training cut the gradient off'
      }
      labelLine={(line) => String(header.lags[line]?.from ?? 'cut off')}
      absentLines={
        header.absent > 0
          ? { from: header.lags.length, why: 'training cut the gradient off: absent, not zero' }
          : null
      }
      controls={
        <span className="muted">
          epoch 0 is before training; over {plural(header.windows, 'validation window')}, a logarithmic scale
        </span>
      }
    />
  );
}

/** Lines of the lags that the gradient does not reach, as high as the others. */
function absentLines({ absent, lags }: InsideFlowFrame['header']): readonly number[] {
  const ofLine = lags[0]?.count ?? 1;
  return Array.from({ length: Math.ceil(absent / ofLine) }, (_, line) => line);
}

/** `12`, or `12 to 15` where one number stands for several. */
function lagsOf(span: InsideFlowFrame['header']['lags'][number] | undefined): string {
  if (!span) return '';
  return span.count === 1 ? String(span.from) : `${span.from} to ${span.from + span.count - 1}`;
}
