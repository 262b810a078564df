// The line chart of the workbench: lines over a number or a time, with a readout that follows the pointer, and zoom if enabled.
// Keys while it has the focus: arrows move the cursor (with Shift the view), + and - zoom, 0 shows everything again.
import { useComputedColorScheme } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Axes, FRAME, LABEL_ROOM } from './axes.tsx';
import { useCursor } from './cursor-group.tsx';
import { dotsOf, drawDots, drawLine, type Line } from './draw.ts';
import { type Hand, HandLayer } from './hand-layer.tsx';
import classes from './line-plot.module.css';
import { type Marker, Overlay } from './overlay.tsx';
import { Readout } from './readout.tsx';
import { createScale, type Domain, extent, padded, type ScaleKind, valueTicks } from './scales.ts';
import { useDrag } from './use-drag.ts';
import { useWidth } from './use-width.ts';
import { useXTicks, type XKind } from './use-x-ticks.ts';
import { keepVectors } from './vector-source.ts';

export interface LinePlotProps {
  /** For people who cannot see it, and above the chart. */
  readonly title: string;
  readonly lines: readonly Line[];
  readonly height: number;
  readonly xKind?: XKind;
  /** IANA zone of the ticks of a time axis. Default: UTC. */
  readonly zone?: string | undefined;
  /** What the horizontal axis counts, at its end: `epoch`. */
  readonly xLabel?: string | undefined;
  /** In the readout; on the axis too, where `formatTick` is not given. */
  readonly formatX: (value: number) => string;
  readonly formatTick?: (value: number) => string;
  readonly formatY: (value: number) => string;
  readonly yScale?: ScaleKind;
  /** Default: all that the lines have. */
  readonly xDomain?: Domain | undefined;
  readonly markers?: readonly Marker[];
  /** Zooming by dragging, wheel and keys; null: everything again. */
  readonly onRange?: ((range: Domain | null) => void) | undefined;
  /** The wheel zooms (else it scrolls the page). */
  readonly wheel?: boolean;
  /** Room beside the title. */
  readonly controls?: ReactNode;
  /** Values are taken by hand and by keys; the chart does not zoom then. */
  readonly hand?: Hand;
  /** Where nothing can be drawn. */
  readonly empty?: ReactNode;
}

export function LinePlot(props: LinePlotProps) {
  const { title, lines, height, formatX, yScale = 'linear', markers = [] } = props;
  const { ref, width } = useWidth();
  const cursor = useCursor();
  const xDomain = useMemo(
    () => props.xDomain ?? roomy(extent(lines.map((line) => line.x)) ?? [0, 1]),
    [props.xDomain, lines],
  );
  const yExtent = useMemo(() => visibleExtent(lines, yScale), [lines, yScale]);
  const yDomain = props.hand?.yDomain ?? roomFor(lines, yExtent ?? [yScale === 'log' ? 0.1 : 0, 1], yScale);
  const bottom = FRAME.bottom + (props.xLabel ? LABEL_ROOM : 0);
  const plot = {
    width: Math.max(1, width - FRAME.left - FRAME.right),
    height: height - FRAME.top - bottom,
  };
  const x = createScale('linear', xDomain, 0, plot.width);
  const y = createScale(yScale, yDomain, plot.height, 0);
  const xAxis = useXTicks(
    props.xKind ?? 'number',
    xDomain,
    plot.width,
    props.formatTick ?? formatX,
    props.zone,
  );
  const yTicks = valueTicks(yScale, yDomain, Math.max(2, plot.height / 38));
  // Without a point the domain is made up: numbers on it would look like data.
  const hasPoints = lines.some((line) => line.x.length > 0);
  const drag = useDrag({
    scale: x,
    onRange: props.onRange,
    onPoint: cursor.set,
    wheel: props.wheel ?? false,
  });

  return (
    <figure className={classes.figure}>
      <Readout
        title={title}
        lines={lines}
        cursor={cursor}
        xDomain={xDomain}
        formatX={formatX}
        formatY={props.formatY}
      >
        {props.controls}
      </Readout>
      {/* biome-ignore lint/a11y/useSemanticElements: a chart that keys can move in is no fieldset */}
      <div
        ref={ref}
        className={classes.plot}
        style={{ height }}
        role="group"
        aria-label={`${title}, chart`}
        aria-roledescription="chart"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the cursor in it is moved by keys
        tabIndex={0}
        onKeyDown={(event) =>
          onKey(event, { lines, xDomain, cursor, onRange: props.onRange, hand: props.hand })
        }
      >
        {width > 0 && (
          <>
            <Axes
              width={width}
              height={height - (bottom - FRAME.bottom)}
              xDomain={xDomain}
              xTicks={hasPoints ? xAxis.ticks : []}
              formatX={xAxis.format}
              yDomain={yDomain}
              yScale={yScale}
              yTicks={yExtent ? yTicks : []}
            />
            <Canvas lines={lines} width={plot.width} height={plot.height} x={x} y={y} />
            <Overlay
              scale={x}
              y={y}
              plot={plot}
              cursor={cursor}
              lines={lines}
              markers={markers}
              selection={drag.selection}
            />
            {props.xLabel && <span className={classes.xLabel}>{props.xLabel}</span>}
            {props.hand ? (
              <HandLayer
                hand={props.hand}
                x={x}
                y={y}
                onPoint={cursor.set}
                className={classes.pointer}
                style={plotBox(plot)}
              />
            ) : (
              <div className={classes.pointer} ref={drag.attach} style={plotBox(plot)} />
            )}
          </>
        )}
        {!yExtent && <div className={classes.empty}>{props.empty ?? 'Nothing to show yet'}</div>}
      </div>
    </figure>
  );
}

/** A single x lies in the middle, above its tick. */
const roomy = ([low, high]: Domain): Domain => (low < high ? [low, high] : [low - 0.5, high + 0.5]);

const plotBox = (plot: { width: number; height: number }) => ({
  left: FRAME.left,
  top: FRAME.top,
  width: plot.width,
  height: plot.height,
});

function visibleExtent(lines: readonly Line[], scale: ScaleKind): Domain | null {
  return extent(
    lines.flatMap(({ y, min, max, bars }) => [
      y,
      ...(min && max ? [min, max] : []),
      ...(bars === undefined ? [] : [FROM_ZERO]),
    ]),
    scale,
  );
}

const FROM_ZERO = [0];

/** Bars stand on the axis where none lies below it. */
function roomFor(lines: readonly Line[], shown: Domain, scale: ScaleKind): Domain {
  const [low, high] = padded(shown, scale);
  return shown[0] === 0 && lines.some(({ bars }) => bars !== undefined) ? [0, high] : [low, high];
}

/** Room around the plot, in pixels: dots at the ends of an axis are drawn whole. */
const BLEED = 3;

interface CanvasProps {
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
  readonly x: ReturnType<typeof createScale>;
  readonly y: ReturnType<typeof createScale>;
}

function Canvas({ lines, width, height, x, y }: CanvasProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme();
  const [ratio] = useState(() => window.devicePixelRatio || 1);
  // Before the frame that it belongs to is shown, not after it.
  useLayoutEffect(() => {
    const canvas = ref.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    canvas.width = Math.round((width + 2 * BLEED) * ratio);
    canvas.height = Math.round((height + 2 * BLEED) * ratio);
    context.scale(ratio, ratio);
    context.translate(BLEED, BLEED);
    const colors = getComputedStyle(document.documentElement);
    canvas.dataset.scheme = scheme;
    keepVectors(canvas, { lines, x, y, bleed: BLEED });
    const colorOf = (line: Line) => colors.getPropertyValue(line.color).trim();
    context.save();
    context.beginPath();
    context.rect(0, 0, width, height);
    context.clip();
    for (const line of lines) drawLine(context, line, { x, y }, colorOf(line));
    context.restore();
    for (const line of lines) drawDots(context, dotsOf(line, { x, y }, width), colorOf(line));
  });
  const box = {
    left: FRAME.left - BLEED,
    top: FRAME.top - BLEED,
    width: width + 2 * BLEED,
    height: height + 2 * BLEED,
  };
  return <canvas ref={ref} className={classes.canvas} style={box} />;
}

interface KeyContext {
  readonly lines: readonly Line[];
  readonly xDomain: Domain;
  readonly cursor: ReturnType<typeof useCursor>;
  readonly onRange: LinePlotProps['onRange'];
  readonly hand: Hand | undefined;
}

function onKey(event: KeyboardEvent, { lines, xDomain, cursor, onRange, hand }: KeyContext): void {
  const [low, high] = xDomain;
  const at = cursor.get() ?? high;
  const direction = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
  const zoom = event.key === '+' || event.key === '=' ? 0.5 : event.key === '-' ? 2 : 0;
  if (hand?.onKey(event.key, cursor.get(), event.shiftKey)) {
    // Done.
  } else if (direction !== 0 && event.shiftKey && onRange) {
    const shift = direction * (high - low) * 0.25;
    onRange([low + shift, high + shift]);
  } else if (direction !== 0) {
    cursor.set(neighbour(lines, at, direction) ?? at);
  } else if (zoom !== 0 && onRange) {
    const middle = cursor.get() ?? (low + high) / 2;
    onRange([middle - (middle - low) * zoom, middle + (high - middle) * zoom]);
  } else if (event.key === '0' && onRange) {
    onRange(null);
  } else if (event.key === 'Escape') {
    cursor.set(null);
    return;
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

/** The next point to the left or right of `at`. */
function neighbour(lines: readonly Line[], at: number, direction: number): number | undefined {
  const { x = [] } = lines.find((line) => !line.silent && line.x.length > 0) ?? {};
  const xs = Array.from(x);
  return direction > 0 ? xs.find((x) => x > at) : xs.findLast((x) => x < at);
}
