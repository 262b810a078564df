// The frame of a chart: Recharts' axes and grid. Dense data is drawn on a canvas over it, with the same domains.
import { memo } from 'react';
import { CartesianGrid, ComposedChart, XAxis, YAxis } from 'recharts';
import { type Domain, labelMiddle, type ScaleKind, tickLabels } from './scales.ts';

/** Pixels around the plot; fixed, so that the canvas knows where the plot is. */
export const FRAME = { left: 54, right: 14, top: 8, bottom: 24 } as const;
/** For the name of the horizontal axis, below its ticks. */
export const LABEL_ROOM = 13;

export interface AxesProps {
  readonly width: number;
  readonly height: number;
  readonly xDomain: Domain;
  readonly xTicks: readonly number[];
  readonly formatX: (value: number) => string;
  readonly yDomain: Domain;
  readonly yScale: ScaleKind;
  readonly yTicks: readonly number[];
}

const NOTHING: never[] = [];
const tick = { fill: 'var(--hc-axis)', fontSize: 11 };

export const Axes = memo(function Axes(props: AxesProps) {
  const texts = tickLabels(props.yTicks);
  const labels = new Map(props.yTicks.map((tick, index) => [tick, texts[index]]));
  return (
    <ComposedChart
      width={props.width}
      height={props.height}
      data={NOTHING}
      margin={{ left: 0, right: FRAME.right, top: FRAME.top, bottom: 0 }}
      accessibilityLayer={false}
    >
      <CartesianGrid stroke="var(--hc-grid)" vertical={false} syncWithTicks />
      <XAxis
        type="number"
        dataKey="x"
        domain={[...props.xDomain]}
        ticks={[...props.xTicks]}
        tickFormatter={(at: number) => props.formatX(at)}
        height={FRAME.bottom}
        tick={(label: TickLabel) => <XLabel {...label} right={props.width} format={props.formatX} />}
        tickLine={{ stroke: 'var(--hc-line-strong)' }}
        tickSize={4}
        axisLine={{ stroke: 'var(--hc-line-strong)' }}
        interval={0}
        allowDataOverflow
      />
      <YAxis
        type="number"
        scale={props.yScale}
        domain={[...props.yDomain]}
        ticks={[...props.yTicks]}
        tickFormatter={(at: number) => labels.get(at) ?? ''}
        width={FRAME.left}
        tick={tick}
        tickLine={false}
        axisLine={false}
        interval={0}
        allowDataOverflow
      />
    </ComposedChart>
  );
}, isSameFrame);

/** What Recharts says of a tick. */
interface TickLabel {
  readonly x: number | string;
  readonly y: number | string;
  readonly payload: { readonly value: number };
}

/** Below its tick; at the edges of the chart moved inside, so that nothing of it is cut off. */
function XLabel({
  x,
  y,
  payload,
  right,
  format,
}: TickLabel & { readonly right: number; readonly format: AxesProps['formatX'] }) {
  const text = format(payload.value);
  return (
    <text x={labelMiddle(Number(x), text, right)} y={Number(y)} dy="0.71em" textAnchor="middle" {...tick}>
      {text}
    </text>
  );
}

/** By what is drawn: a chart whose values move has new arrays and functions at each frame, and mostly the same axes. */
function isSameFrame(one: AxesProps, other: AxesProps): boolean {
  return (
    one.width === other.width &&
    one.height === other.height &&
    one.yScale === other.yScale &&
    isSame(one.xDomain, other.xDomain) &&
    isSame(one.yDomain, other.yDomain) &&
    isSame(one.yTicks, other.yTicks) &&
    isSame(one.xTicks, other.xTicks) &&
    isSame(one.xTicks.map(one.formatX), other.xTicks.map(other.formatX))
  );
}

const isSame = <Value,>(one: readonly Value[], other: readonly Value[]): boolean =>
  one.length === other.length && one.every((value, index) => Object.is(value, other[index]));
