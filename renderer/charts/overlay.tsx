// The layer over the lines: the cursor, markers such as the best epoch, shaded parts, and the range being dragged.
import { FRAME } from './axes.tsx';
import { type Cursor, useCursorX } from './cursor-group.tsx';
import type { Line } from './draw.ts';
import { LETTER_PX, labelRows } from './label-rows.ts';
import { standsAtFoot } from './label-side.ts';
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
  readonly y: Scale;
  readonly plot: { readonly width: number; readonly height: number };
  readonly cursor: Cursor;
  readonly lines: readonly Line[];
  readonly markers: readonly Marker[];
  readonly selection: Domain | null;
}

export function Overlay({ scale, y, plot, cursor, lines, markers, selection }: OverlayProps) {
  const rows = labelRows(markers, scale.toPixel);
  const atFoot = markers.map((marker, index) => {
    if (marker.to !== undefined || !marker.label) return false;
    const box = { ...reachOf(marker, scale, plot.width), depth: (rows[index]! + 1) * ROW_PX };
    return standsAtFoot(box, lines, { x: scale, y }, plot.height);
  });
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
          isAtFoot={atFoot[index]!}
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
/** Between a line and its label. */
const GAP_PX = 4;

/** So near to the right border the label stands on the left of its line. */
const isNearEnd = (left: number, width: number): boolean => left > width - 90;

/** From where to where the label of a line reaches. */
function reachOf({ at, label = '' }: Marker, scale: Scale, width: number) {
  const left = scale.toPixel(at);
  const room = GAP_PX + label.length * LETTER_PX;
  return isNearEnd(left, width) ? { from: left - room, to: left } : { from: left, to: left + room };
}

interface MarkerLineProps {
  readonly marker: Marker;
  readonly scale: Scale;
  readonly width: number;
  readonly row: number;
  readonly isAtFoot: boolean;
}

function MarkerLine({ marker, scale, width, row, isAtFoot }: MarkerLineProps) {
  const left = scale.toPixel(marker.at);
  const label = marker.label && (
    <span className={classes.markerLabel} style={{ [isAtFoot ? 'bottom' : 'top']: row * ROW_PX }}>
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
  const side = isNearEnd(left, width) ? classes.markerLeft : '';
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
