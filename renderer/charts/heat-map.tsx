// A heat map: lines of coloured cells over a number or a time, under the same axes and with the same cursor as the line charts.
// Keys while it has the focus: left and right move the cursor, up and down choose the line, Enter takes the cell.
import { useComputedColorScheme } from '@mantine/core';
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { colorTable, gradientOf, type TableName } from '../../engine/words/color-tables.ts';
import { Axes, FRAME, LABEL_ROOM } from './axes.tsx';
import { type Cursor, useCursor, useCursorX } from './cursor-group.tsx';
import { cellAt, cellsOfPixels, type HeatCells, type HeatRange, heatImage } from './heat-image.ts';
import classes from './heat-map.module.css';
import plotClasses from './line-plot.module.css';
import { createScale, type Domain, linearTicks } from './scales.ts';
import { useWidth } from './use-width.ts';
import { useXTicks } from './use-x-ticks.ts';

export interface HeatMapProps extends HeatCells {
  readonly title: string;
  readonly height: number;
  readonly xDomain: Domain;
  readonly xKind: 'count' | 'time';
  readonly xLabel?: string;
  /** In the readout; on the axis too, where `formatTick` is not given. */
  readonly formatX: (value: number) => string;
  readonly formatTick?: (value: number) => string;
  /** What the colours stand for, from the lowest to the highest. */
  readonly range: HeatRange;
  readonly table: TableName;
  readonly formatValue: (value: number) => string;
  /** Names the line in the readout: `unit 12`. */
  readonly nameLine: (line: number) => string;
  /** At the left of some lines. */
  readonly labelLine: (line: number) => string;
  /** Labels too long for the margin stand over the cells. */
  readonly hasLongLabels?: boolean;
  /** Spans without values, and why: shown hatched. */
  readonly hatched?: readonly { readonly span: Domain; readonly why: string }[];
  /** Lines from this one on have no values, and why: hatched too. */
  readonly absentLines?: { readonly from: number; readonly why: string } | null;
  readonly chosenLine?: number | null;
  /** The only line that counts: the others are paled. */
  readonly onlyLine?: number | null;
  readonly onPick?: (line: number, cell: number) => void;
  readonly controls?: ReactNode;
}

export function HeatMap(props: HeatMapProps) {
  const { title, height, values, xDomain, hatched = [], absentLines = null } = props;
  const { chosenLine = null, onlyLine = null } = props;
  const { ref, width } = useWidth();
  const cursor = useCursor();
  const [line, setLine] = useState<number | null>(null);
  const scheme = useComputedColorScheme();
  const bottom = FRAME.bottom + (props.xLabel ? LABEL_ROOM : 0);
  const plot = {
    width: Math.max(1, width - FRAME.left - FRAME.right),
    height: height - FRAME.top - bottom,
  };
  const x = createScale('linear', xDomain, 0, plot.width);
  const lines = values.length;
  const lineHeight = plot.height / Math.max(1, lines);
  const xAxis = useXTicks(props.xKind, xDomain, plot.width, props.formatTick ?? props.formatX);
  const box = { left: FRAME.left, top: FRAME.top, width: plot.width, height: plot.height };

  function point(event: PointerEvent<HTMLElement>): { line: number; at: number } {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const row = Math.floor((event.clientY - top) / lineHeight);
    return { line: Math.min(lines - 1, Math.max(0, row)), at: x.toValue(event.clientX - left) };
  }
  function pick(at: number | null, picked: number | null): void {
    const cell = at === null ? undefined : cellAt(props, at);
    if (cell !== undefined && picked !== null) props.onPick?.(picked, cell);
  }
  function onKey(event: KeyboardEvent): void {
    const cell = cellAt(props, cursor.get() ?? Number.NaN) ?? props.from.length - 1;
    const middle = (one: number) => ((props.from[one] as number) + (props.to[one] as number)) / 2;
    if (event.key === 'ArrowLeft') cursor.set(middle(Math.max(0, cell - 1)));
    else if (event.key === 'ArrowRight') cursor.set(middle(Math.min(props.from.length - 1, cell + 1)));
    else if (event.key === 'ArrowUp') setLine(Math.max(0, (line ?? lines) - 1));
    else if (event.key === 'ArrowDown') setLine(Math.min(lines - 1, (line ?? -1) + 1));
    else if (event.key === 'Enter') pick(middle(cell), line ?? 0);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <figure className={plotClasses.figure}>
      <figcaption className={plotClasses.readout}>
        <span className={plotClasses.title}>{title}</span>
        <Pointed props={props} cursor={cursor} line={line} />
        <span className={plotClasses.controls}>
          <span className={classes.legend}>
            {props.formatValue(props.range.low)}
            <span className={classes.ramp} style={{ background: gradientOf(props.table, scheme) }} />
            {props.formatValue(props.range.high)}
          </span>
          {props.controls}
        </span>
      </figcaption>
      {/* biome-ignore lint/a11y/useSemanticElements: a chart that keys can move in is no fieldset */}
      <div
        ref={ref}
        className={plotClasses.plot}
        style={{ height }}
        role="group"
        aria-label={`${title}, heat map`}
        aria-roledescription="heat map"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the cursor in it is moved by keys
        tabIndex={0}
        onKeyDown={onKey}
      >
        {width > 0 && (
          <>
            <Axes
              width={width}
              height={height - (bottom - FRAME.bottom)}
              xDomain={xDomain}
              xTicks={xAxis.ticks}
              formatX={xAxis.format}
              yDomain={NO_LINES}
              yScale="linear"
              yTicks={NO_TICKS}
            />
            {props.xLabel && <span className={plotClasses.xLabel}>{props.xLabel}</span>}
            <HeatCanvas props={props} plot={plot} xDomain={xDomain} />
            <LineLabels
              lines={lines}
              plotHeight={plot.height}
              label={props.labelLine}
              isInside={props.hasLongLabels ?? false}
            />
            <div className={plotClasses.overlay} style={box}>
              {hatched.map(({ span, why }) => (
                <div
                  key={why}
                  className={classes.hatched}
                  title={why}
                  style={{ left: x.toPixel(span[0]), width: x.toPixel(span[1]) - x.toPixel(span[0]) }}
                />
              ))}
              {absentLines && (
                <div
                  className={classes.hatched}
                  title={absentLines.why}
                  style={{ top: absentLines.from * lineHeight, left: 0, right: 0 }}
                />
              )}
              {onlyLine !== null && (
                <>
                  <div
                    className={classes.paled}
                    title={PALED}
                    style={{ top: 0, height: onlyLine * lineHeight }}
                  />
                  <div
                    className={classes.paled}
                    title={PALED}
                    style={{ top: (onlyLine + 1) * lineHeight, bottom: 0 }}
                  />
                </>
              )}
              {[line, chosenLine].map(
                (one) =>
                  one !== null &&
                  one < lines && (
                    <div
                      key={one}
                      className={classes.chosen}
                      style={{ top: one * lineHeight, height: lineHeight }}
                    />
                  ),
              )}
              <CursorLine cursor={cursor} toPixel={x.toPixel} width={plot.width} />
            </div>
            <div className={classes.frame} style={box} />
            <div
              className={plotClasses.pointer}
              style={box}
              onPointerMove={(event) => {
                const { line: over, at } = point(event);
                setLine(over);
                cursor.set(at);
              }}
              onPointerLeave={() => {
                setLine(null);
                cursor.set(null);
              }}
              onPointerDown={(event) => {
                const { line: over, at } = point(event);
                pick(at, over);
              }}
            />
          </>
        )}
      </div>
    </figure>
  );
}

/** Why lines are paled. */
const PALED = 'changes nothing of the answer';
const NO_TICKS: readonly number[] = [];
const NO_LINES: Domain = [0, 1];

interface LineLabelsProps {
  readonly lines: number;
  readonly plotHeight: number;
  readonly label: (line: number) => string;
  readonly isInside: boolean;
}

function LineLabels({ lines, plotHeight, label, isInside }: LineLabelsProps) {
  const shown =
    lines <= plotHeight / 14
      ? Array.from({ length: lines }, (_, line) => line)
      : linearTicks([0, lines - 1], plotHeight / 30).filter(Number.isInteger);
  return shown.map((line) => (
    <span
      key={line}
      className={`${isInside ? classes.lineName : classes.lineLabel} ellipsis`}
      style={{ left: isInside ? FRAME.left + 6 : 0, top: FRAME.top + ((line + 0.5) / lines) * plotHeight }}
    >
      {label(line)}
    </span>
  ));
}

interface HeatCanvasProps {
  readonly props: HeatMapProps;
  readonly plot: { readonly width: number; readonly height: number };
  readonly xDomain: Domain;
}

function HeatCanvas({ props, plot, xDomain }: HeatCanvasProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme();
  const [ratio] = useState(() => window.devicePixelRatio || 1);
  const { values, from, to, range, table } = props;
  const pixels = Math.round(plot.width * ratio);
  // Before the frame that it belongs to is shown, not after it.
  useLayoutEffect(() => {
    const canvas = ref.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context || values.length === 0) return;
    // Setting them takes new memory even where they stay the same.
    if (canvas.width !== pixels) canvas.width = pixels;
    if (canvas.height !== values.length) canvas.height = values.length;
    const cells = cellsOfPixels({ from, to }, createScale('linear', xDomain, 0, pixels), pixels);
    const image = heatImage(values, cells, range, colorTable(table, scheme));
    const bytes = new Uint8ClampedArray(image.buffer, 0, image.byteLength);
    context.putImageData(new ImageData(bytes, pixels, values.length), 0, 0);
  }, [values, from, to, range, table, scheme, pixels, xDomain]);
  return (
    <canvas
      ref={ref}
      className={plotClasses.canvas}
      style={{
        left: FRAME.left,
        top: FRAME.top,
        width: plot.width,
        height: plot.height,
        imageRendering: 'pixelated',
      }}
    />
  );
}

interface PointedProps {
  readonly props: HeatMapProps;
  readonly cursor: Cursor;
  readonly line: number | null;
}

/** Line, position and value under the pointer. */
function Pointed({ props, cursor, line }: PointedProps) {
  const at = useCursorX(cursor);
  const cell = at === null ? undefined : cellAt(props, at);
  if (cell === undefined) return null;
  const value = line === null ? undefined : props.values[line]?.[cell];
  return (
    <span className={plotClasses.place}>
      {line !== null && value !== undefined && `${props.nameLine(line)}: ${props.formatValue(value)}, `}at{' '}
      {props.formatX(((props.from[cell] as number) + (props.to[cell] as number)) / 2)}
    </span>
  );
}

interface CursorLineProps {
  readonly cursor: Cursor;
  readonly toPixel: (value: number) => number;
  readonly width: number;
}

function CursorLine({ cursor, toPixel, width }: CursorLineProps) {
  const at = useCursorX(cursor);
  const left = at === null ? -1 : toPixel(at);
  return left < 0 || left > width ? null : <div className={plotClasses.cursor} style={{ left }} />;
}
