// What one query looks at, as a ribbon over the series that it reads, on a colour scale of its own.
import type { InsideAttentionFrame } from '../../../engine/contract/inside/attention.ts';
import type { InsideWindowFrame } from '../../../engine/contract/inside/states.ts';
import { HeatMap } from '../../charts/heat-map.tsx';
import { formatDataTime, formatNumber } from '../../ui/format.ts';
import { cellSpans, nearestTime, windowTime } from './window-time.ts';

interface QueryRibbonProps {
  readonly frame: InsideAttentionFrame;
  readonly window: InsideWindowFrame;
  readonly query: number;
}

export function QueryRibbon({ frame, window, query }: QueryRibbonProps) {
  const { header, columns } = frame;
  const line = header.rows.findIndex((queries) => queries.includes(query));
  const weights = (header.whole ? columns.mean : columns.extreme)[line];
  if (!weights) return null;
  const time = windowTime(window);
  const name = header.isAlignment ? `forecast step ${query + 1}` : `query ${query}`;
  return (
    <HeatMap
      title={`What ${name} looks at`}
      height={62}
      values={[weights]}
      {...cellSpans(columns, time)}
      xDomain={time.domain}
      xKind="time"
      formatX={(at) => formatDataTime(nearestTime(time.times, at), time.stepUs)}
      range={{ low: 0, high: weights.reduce((most, one) => Math.max(most, one), 0) }}
      table="sequential"
      formatValue={(value) => formatNumber(value, 3)}
      nameLine={() => name}
      labelLine={() => String(query)}
    />
  );
}
