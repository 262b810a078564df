// Trend, season and residual of each column, one below the other under the series itself.
import type { Decomposition } from '../../../../engine/contract/datasets/explore.ts';
import { CursorGroup } from '../../../charts/cursor-group.tsx';
import { LinePlot } from '../../../charts/line-plot.tsx';
import { formatCount, formatDataTime, formatKnown, formatNumber, plural } from '../../../ui/format.ts';
import type { AnswerProps } from './answer-props.ts';

const HEIGHT = 120;

export function DecompositionView({ answer }: AnswerProps<readonly Decomposition[]>) {
  return answer.map((one) => (
    <div key={one.column}>
      {one.strength === null ? (
        <span className="muted">
          {one.column}:{' '}
          {one.period < 2
            ? 'the times tell no season: name the rows of a cycle.'
            : `two cycles of ${plural(one.period, 'row')} are not there.`}
        </span>
      ) : (
        <>
          <CursorGroup>
            {one.parts.map(({ name, mean, min, max }) => (
              <LinePlot
                key={name}
                title={`${one.column}: ${name}`}
                height={HEIGHT}
                xKind="time"
                lines={[{ id: name, label: name, color: '--hc-series-1', x: one.times, y: mean, min, max }]}
                formatX={(at) => formatDataTime(at)}
                formatY={formatKnown}
              />
            ))}
          </CursorGroup>
          <span className="muted">
            Of the last {formatCount(one.rows)} rows, in cycles of {formatCount(one.period)}: strength of the
            trend {formatNumber(one.strength.trend, 2)}, of the season{' '}
            {formatNumber(one.strength.seasonal, 2)} (1: nothing else moves)
            {one.missing > 0 && `; ${plural(one.missing, 'missing value')} bridged for this picture`}.
          </span>
        </>
      )}
    </div>
  ));
}
