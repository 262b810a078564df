// An answer about states or a gate as a heat map of units over the window's time.
import type { ReactNode } from 'react';
import type { InsideStatesFrame, InsideWindowFrame } from '../../../engine/contract/inside/states.ts';
import type { HeatRange } from '../../charts/heat-image.ts';
import { HeatMap } from '../../charts/heat-map.tsx';
import { formatDataTime, formatNumber } from '../../ui/format.ts';
import { cellSpans, hatchedSpans, nearestTime, truncatedSpans, windowTime } from './window-time.ts';

export interface StatesHeatProps {
  readonly frame: InsideStatesFrame;
  readonly window: InsideWindowFrame;
  readonly title: string;
  /** Of the colours; default: around the middle, as far as the values go. */
  readonly range?: HeatRange;
  readonly height: number;
  readonly chosenUnit?: number | null;
  readonly onPick?: (unit: number, step: number) => void;
  readonly controls?: ReactNode;
}

export function StatesHeat({ frame, window, chosenUnit = null, ...props }: StatesHeatProps) {
  const time = windowTime(window);
  const { middle, reach, rows } = frame.header;
  return (
    <HeatMap
      title={props.title}
      height={props.height}
      values={shownValues(frame)}
      {...cellSpans(frame.columns, time)}
      xDomain={time.domain}
      xKind="time"
      formatX={(at) => formatDataTime(nearestTime(time.times, at), time.stepUs)}
      range={props.range ?? { low: middle - reach, high: middle + reach }}
      table="diverging"
      formatValue={(value) => formatNumber(value, 3)}
      nameLine={(line) => nameOfUnits(rows[line])}
      labelLine={(line) => String(rows[line]?.[0] ?? '')}
      hatched={[...hatchedSpans(window, time), ...truncatedSpans(frame, window)]}
      chosenLine={lineOf(frame, chosenUnit)}
      onPick={(line, cell) => props.onPick?.(rows[line]?.[0] ?? 0, frame.columns.step[cell] ?? 0)}
      controls={props.controls}
    />
  );
}

/** A cell of several values shows the one farthest from the middle, so that a spike is seen. */
const shownValues = ({ header, columns }: InsideStatesFrame) =>
  header.whole ? columns.mean : columns.extreme;

const nameOfUnits = (units: readonly number[] = []): string =>
  units.length === 1 ? `unit ${units[0]}` : `units ${units[0]} to ${units.at(-1)}`;

function lineOf({ header }: InsideStatesFrame, unit: number | null): number | null {
  if (unit === null) return null;
  const line = header.rows.findIndex((units) => units.includes(unit));
  return line < 0 ? null : line;
}
