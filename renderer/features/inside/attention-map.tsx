// The weights of a head as a heat map: queries down, keys over the user's own time axis.
import type { InsideAttentionFrame } from '../../../engine/contract/inside/attention.ts';
import type { InsideWindowFrame } from '../../../engine/contract/inside/states.ts';
import { HeatMap } from '../../charts/heat-map.tsx';
import { formatDataTime, formatNumber } from '../../ui/format.ts';
import { cellSpans, nearestTime, windowTime } from './window-time.ts';

interface AttentionMapProps {
  readonly frame: InsideAttentionFrame;
  readonly window: InsideWindowFrame;
  readonly query: number;
  readonly onQuery?: (query: number) => void;
}

export function AttentionMap({ frame, window, query, onQuery }: AttentionMapProps) {
  const { header, columns } = frame;
  const time = windowTime(window);
  const formatTime = (at: number) => formatDataTime(at, time.stepUs);
  // Queries of a layer are the keys' own steps, those of an alignment the steps of the horizon.
  const timeOf = (query: number) => {
    const row = header.isAlignment ? window.header.lookback + query : columns.row[query];
    return (header.isAlignment || header.whole) && row !== undefined
      ? formatTime(window.columns.time[row] ?? 0)
      : '';
  };
  const nameQuery = ([query = 0]: readonly number[] = []) =>
    header.isAlignment
      ? `forecast step ${query + 1} (${timeOf(query)})`
      : `query ${query} (${timeOf(query)})`;
  const lineOf = (one: number | null) => {
    const line = header.rows.findIndex((queries) => one !== null && queries.includes(one));
    return line < 0 ? null : line;
  };
  return (
    <HeatMap
      title={`Weights of ${header.head === null ? 'all heads, their mean' : `head ${header.head}`}: queries down, keys over time`}
      height={Math.min(380, Math.max(150, 40 + header.rows.length * 7))}
      values={header.whole ? columns.mean : columns.extreme}
      {...cellSpans(columns, time)}
      xDomain={time.domain}
      xKind="time"
      formatX={(at) => formatDataTime(nearestTime(time.times, at), time.stepUs)}
      range={{ low: 0, high: header.reach }}
      table="sequential"
      formatValue={(value) => formatNumber(value, 3)}
      nameLine={(row) => nameQuery(header.rows[row])}
      labelLine={(row) => {
        const query = header.rows[row]?.[0] ?? 0;
        return header.isAlignment ? timeOf(query) : String(query);
      }}
      hasLongLabels={header.isAlignment}
      chosenLine={lineOf(query)}
      onlyLine={lineOf(header.onlyQuery)}
      onPick={(row) => onQuery?.(header.rows[row]?.[0] ?? 0)}
    />
  );
}
