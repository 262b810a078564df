// What a model of numbers reads: lines of few channels, a heat map of many.
import { HeatMap } from '../../../charts/heat-map.tsx';
import { LinePlot } from '../../../charts/line-plot.tsx';
import { formatNumber } from '../../../ui/format.ts';
import { Panel } from '../../../ui/page.tsx';
import classes from '../../run/run-page.module.css';
import { type FrameProps, nameOfStep, stepAxis } from './reading-view.ts';

/** More lines than that cannot be told apart. */
const MOST_LINES = 6;

export function InputPanel({ frame }: FrameProps) {
  const { header, columns } = frame;
  const axis = stepAxis(frame);
  const { channels } = header;
  const reach = columns.input.reduce(
    (all, channel) => channel.reduce((most, value) => Math.max(most, Math.abs(value)), all),
    1e-9,
  );
  const shared = {
    xKind: 'count' as const,
    xDomain: axis.domain,
    xLabel: 'step',
    formatX: (at: number) => nameOfStep(frame, axis.rowOf(at)),
    formatTick: (at: number) => String(Math.round(at)),
  };
  const title = 'Input, as the model reads it';
  return (
    <Panel className={classes.wide ?? ''}>
      {channels.length <= MOST_LINES ? (
        <LinePlot
          title={title}
          height={150}
          lines={channels.map((name, index) => ({
            id: name,
            label: name,
            color: `--hc-series-${index + 1}`,
            x: axis.x,
            y: columns.input[index]!,
            width: 1.5,
          }))}
          formatY={(value) => formatNumber(value, 3)}
          {...shared}
        />
      ) : (
        <HeatMap
          title={title}
          height={Math.min(300, 60 + 5 * channels.length)}
          // The highest band on top.
          values={columns.input.toReversed()}
          from={axis.from}
          to={axis.to}
          range={{ low: -reach, high: reach }}
          table="diverging"
          formatValue={(value) => formatNumber(value, 3)}
          nameLine={(line) => channels[channels.length - 1 - line] ?? ''}
          labelLine={(line) => String(channels.length - line)}
          {...shared}
        />
      )}
    </Panel>
  );
}
