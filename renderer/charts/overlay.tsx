// The layer over the lines: the cursor, markers such as the best epoch, shaded parts, and the range being dragged.
import { FRAME } from './axes.tsx';
import { type Cursor, useCursorX } from './cursor-group.tsx';
import type { Line } from './draw.ts';
import { LETTER_PX, labelRows } from './label-rows.ts';
import classes from './line-plot.module.css';
import { pointedX } from './pointed.ts';
import type { Domain, Scale } from './scales.ts';

export interface Marker {
  readonly at: number;
  /** With an end it is a shaded band. */
  readonly to?: number;
  readonly label?: string;
  readonly color?: string;
}

interface OverlayProps {
  readonly scale: Scale;
  readonly plot: { readonly width: number; readonly height: number };
  readonly cursor: Cursor;
  readonly lines: readonly Line[];
  readonly markers: readonly Marker[];
  readonly selection: Domain | null;
}

export function Overlay({ scale, plot, cursor, lines, markers, selection }: OverlayProps) {
  const rows = labelRows(markers, scale.toPixel);
  return (
    <div
      className={classes.overlay}
      style={{ left: FRAME.left, top: FRAME.top, width: plot.width, height: plot.height }}
    >
      {markers.map((marker, index) => (
        <MarkerLine
          key={`${marker.at} ${marker.label}`}
          marker={marker}
          scale={scale}
          width={plot.width}
          row={rows[index]!}
        />
      ))}
      {selection && <div className={classes.selection} style={spanOf(selection, scale)} />}
      <CursorLine cursor={cursor} lines={lines} scale={scale} width={plot.width} />
    </div>
  );
}

function spanOf([from, to]: Domain, scale: Scale) {
  const left = scale.toPixel(Math.min(from, to));
  return { left, width: Math.max(1, scale.toPixel(Math.max(from, to)) - left) };
}

const ROW_PX = 13;

interface MarkerLineProps {
  readonly marker: Marker;
  readonly scale: Scale;
  readonly width: number;
  readonly row: number;
}

function MarkerLine({ marker, scale, width, row }: MarkerLineProps) {
  const left = scale.toPixel(marker.at);
  const label = marker.label && (
    <span className={classes.markerLabel} style={{ top: row * ROW_PX }}>
      {marker.label}
    </span>
  );
  if (marker.to !== undefined) {
    const span = spanOf([marker.at, marker.to], scale);
    const hasRoom = span.width >= (marker.label?.length ?? 0) * LETTER_PX;
    return (
      <>
        <div
          className={classes.band}
          style={{ ...span, background: `var(${marker.color ?? '--hc-accent'})` }}
        />
        <div style={{ position: 'absolute', left: Math.max(0, span.left), top: 0 }}>{hasRoom && label}</div>
      </>
    );
  }
  if (left < 0 || left > width) return null;
  const side = left > width - 90 ? classes.markerLeft : '';
  return (
    <div
      className={`${classes.marker} ${side}`}
      style={{ left, borderColor: marker.color && `var(${marker.color})` }}
    >
      {label}
    </div>
  );
}

interface CursorLineProps extends Pick<OverlayProps, 'cursor' | 'lines' | 'scale'> {
  readonly width: number;
}

/** Where the point is that the readout speaks of. */
function CursorLine({ cursor, lines, scale, width }: CursorLineProps) {
  const at = pointedX(lines, useCursorX(cursor), scale.domain);
  if (at === null) return null;
  const left = scale.toPixel(at);
  return left < 0 || left > width ? null : <div className={classes.cursor} style={{ left }} />;
}
