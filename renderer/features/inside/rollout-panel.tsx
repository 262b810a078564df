// Where the answer looks through all layers with attention, and how far that goes with what it depends on.
import { useQuery } from '@tanstack/react-query';
import type { InsideRolloutFrame } from '../../../engine/contract/inside/rollout.ts';
import type { InsideWindowFrame } from '../../../engine/contract/inside/states.ts';
import { HeatMap } from '../../charts/heat-map.tsx';
import { LinePlot } from '../../charts/line-plot.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { formatDataTime, formatNumber } from '../../ui/format.ts';
import { Note } from '../../ui/messages.tsx';
import { Panel } from '../../ui/page.tsx';
import classes from '../run/run-page.module.css';
import { rolloutQuery } from './inside-queries.ts';
import type { InsideViewProps } from './inside-view.ts';
import { Failed, Pending } from './use-window.tsx';
import { cellSpans, nearestTime, windowTime } from './window-time.ts';

interface RolloutPanelProps extends InsideViewProps {
  readonly window: InsideWindowFrame;
}

export function RolloutPanel({ target, version, window }: RolloutPanelProps) {
  const { data: frame, error } = useQuery(rolloutQuery(useEngine(), target, version));
  if (error) return <Failed error={error} />;
  if (!frame) return <Pending>Rolling the attention out through all layers …</Pending>;
  return (
    <Panel className={classes.wide ?? ''}>
      <Read frame={frame} window={window} />
      {!frame.header.isAlignment && <Rolled frame={frame} window={window} />}
      <Note>{frame.header.sentence}</Note>
    </Panel>
  );
}

interface FrameProps {
  readonly frame: InsideRolloutFrame;
  readonly window: InsideWindowFrame;
}

const LAYERS: Readonly<Record<number, string>> = { 1: 'the layer', 2: 'both layers' };

const READS = {
  mean: 'the mean of all steps, which the answer is made of',
  last: 'the last step, which the answer is made of',
  each: 'the mean of all queries',
} as const;

function Read({ frame, window }: FrameProps) {
  const { header, columns } = frame;
  const time = windowTime(window);
  const { from, to } = cellSpans(columns, time);
  return (
    <LinePlot
      title={
        header.isAlignment
          ? 'Where the forecast looks'
          : `Where the answer looks, through ${LAYERS[header.layers] ?? `all ${header.layers} layers`}`
      }
      lines={[
        {
          id: 'read',
          label: READS[header.readout],
          color: '--hc-series-1',
          x: from.map((start, cell) => (start + to[cell]!) / 2),
          y: columns.read,
        },
      ]}
      height={130}
      xKind="time"
      xDomain={time.domain}
      formatX={(at) => formatDataTime(nearestTime(time.times, at), time.stepUs)}
      formatY={(value) => formatNumber(value, 3)}
      markers={[{ at: time.originUs, label: 'origin' }]}
    />
  );
}

function Rolled({ frame, window }: FrameProps) {
  const { header, columns } = frame;
  const time = windowTime(window);
  return (
    <HeatMap
      title="All layers rolled out: queries down, keys over time"
      height={Math.min(380, Math.max(150, 40 + header.rows.length * 7))}
      values={header.whole ? columns.mean : columns.extreme}
      {...cellSpans(columns, time)}
      xDomain={time.domain}
      xKind="time"
      formatX={(at) => formatDataTime(nearestTime(time.times, at), time.stepUs)}
      range={{ low: 0, high: header.reach }}
      table="sequential"
      formatValue={(value) => formatNumber(value, 3)}
      nameLine={(row) => `query ${header.rows[row]?.[0]}`}
      labelLine={(row) => String(header.rows[row]?.[0] ?? '')}
    />
  );
}
