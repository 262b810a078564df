// The windows most like this one, with what came next in each.
import { SegmentedControl, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { InsideMatches, MatchChoice } from '../../../engine/contract/inside/match.ts';
import type { InsideWindowFrame } from '../../../engine/contract/inside/states.ts';
import type { Line } from '../../charts/draw.ts';
import { LinePlot } from '../../charts/line-plot.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { formatCount, formatDataTime, formatKnown, formatNumber } from '../../ui/format.ts';
import { EmptyState, Panel, TableScroll } from '../../ui/page.tsx';
import classes from '../run/run-page.module.css';
import { matchQuery } from './inside-queries.ts';
import type { InsideViewProps } from './inside-view.ts';
import { Failed, Pending, useWindow } from './use-window.tsx';
import { stepDomain } from './window-time.ts';

const BY = [
  { value: 'state', label: 'By state' },
  { value: 'units', label: 'By active units' },
  { value: 'shape', label: 'By shape' },
];
/** Of more windows, evenly spaced ones are compared. */
const MOST_COMPARED = 50_000;
const PARTS = { train: 'training', validation: 'validation', test: 'test' } as const;

export function AlikeView(props: InsideViewProps) {
  const { about, target, version, change } = props;
  const hasState = about.places.length > 0 || about.attention.length > 0;
  const engine = useEngine();
  const [by, setBy] = useState<MatchChoice['by']>(hasState ? 'state' : 'shape');
  const shown = useWindow(props);
  const { data: found, error } = useQuery(matchQuery(engine, target, { by }, version));
  const controls = (
    <SegmentedControl
      aria-label="Alike by"
      size="xs"
      data={hasState ? BY : BY.filter((one) => one.value === 'shape')}
      value={by}
      onChange={(next) => setBy(next as MatchChoice['by'])}
    />
  );
  if (error) return <Failed error={error} />;
  if (shown.window === null) return shown.instead;
  if (!found) {
    const windows = about.parts.reduce((sum, { origins }) => sum + origins, 0);
    return (
      <Pending>
        Passing {formatCount(Math.min(windows, MOST_COMPARED))} windows through the model to compare them with
        this one; once that is done, every other window is compared at once …
      </Pending>
    );
  }
  if (found.matches.length === 0) {
    return (
      <EmptyState title="No window is alike" actions={controls}>
        Neighbours of this window do not count, and there are no others to compare it with.
      </EmptyState>
    );
  }
  return (
    <>
      <Panel className={classes.wide ?? ''}>
        <LinePlot
          title={`${shown.window.header.about.target}, from each window's last value`}
          lines={linesOf(shown.window, found)}
          height={330}
          xKind="count"
          xLabel="steps from the origin"
          xDomain={stepDomain(shown.window)}
          formatX={(step) => `step ${step}`}
          formatTick={formatCount}
          formatY={formatKnown}
          markers={[{ at: 0, label: 'origin' }]}
          controls={controls}
        />
      </Panel>
      <Panel className={classes.wide ?? ''} title="Most alike">
        <TableScroll label="Windows most alike">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">Origin</th>
                <th scope="col">Series</th>
                <th scope="col">Part</th>
                <th scope="col" className="num">
                  Cosine
                </th>
              </tr>
            </thead>
            <tbody>
              {found.matches.map(({ part, origin, originUs, series, similarity }) => (
                <tr key={`${part} ${origin}`}>
                  <td>
                    <UnstyledButton
                      className={classes.link ?? ''}
                      onClick={() => change({ part, origin, step: null, edits: [] })}
                    >
                      {formatDataTime(originUs)}
                    </UnstyledButton>
                  </td>
                  <td>{series}</td>
                  <td>{PARTS[part]}</td>
                  <td className="num">{formatNumber(similarity, 4)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
        <p className="muted">
          {found.compared === found.windows
            ? `All ${formatCount(found.windows)} windows were compared.`
            : `${formatCount(found.compared)} of ${formatCount(found.windows)} windows were compared, evenly spaced.`}
        </p>
      </Panel>
    </>
  );
}

/** Changes from the last value at the origin, by steps from it. */
function linesOf({ header, columns }: InsideWindowFrame, { matches, mean }: InsideMatches): Line[] {
  const { lookback, horizon } = header;
  const steps = Float64Array.from({ length: lookback + horizon }, (_, row) => row - lookback + 1);
  const ahead = steps.subarray(lookback - 1);
  const last = columns.actual[lookback - 1] ?? 0;
  const fromOrigin = (values: readonly number[]) => Float64Array.of(0, ...values);
  const similar = matches.map(({ originUs, past, next }, index): Line => {
    const end = past.at(-1) ?? 0;
    return {
      id: `match ${index}`,
      label: formatDataTime(originUs),
      color: `--hc-series-${index + 2}`,
      x: steps,
      y: Float64Array.from([...past, ...next], (value) => value - end),
      width: 1,
    };
  });
  return [
    ...similar,
    {
      id: 'mean',
      label: 'mean of what came next',
      color: '--hc-ink-3',
      x: ahead,
      y: fromOrigin(mean.map((value) => value - last)),
      dash: [5, 3],
      width: 2,
    },
    {
      id: 'actual',
      label: 'this window',
      color: '--hc-actual',
      x: steps,
      y: columns.actual.map((value) => value - last),
      width: 2,
    },
    {
      id: 'forecast',
      label: 'forecast',
      color: '--hc-series-1',
      x: ahead,
      y: fromOrigin(Array.from(columns.forecast.subarray(lookback), (value) => value - last)),
      width: 2,
    },
  ];
}
