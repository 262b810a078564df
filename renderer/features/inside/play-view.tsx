// Play with the window: its values are dragged in the chart, erased or shifted; forecast, states, gates and attention answer meanwhile.
import { SegmentedControl } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import type { InsideAttentionFrame } from '../../../engine/contract/inside/attention.ts';
import type { InsidePlace } from '../../../engine/contract/inside/description.ts';
import type { InsideStatesFrame, InsideWindowFrame } from '../../../engine/contract/inside/states.ts';
import type { Line } from '../../charts/draw.ts';
import { LinePlot } from '../../charts/line-plot.tsx';
import { formatDataTime, formatKnown } from '../../ui/format.ts';
import { Panel } from '../../ui/page.tsx';
import classes from '../run/run-page.module.css';
import { AttentionMap } from './attention-map.tsx';
import { InputByHand, type SharedAxis } from './input-by-hand.tsx';
import insideClasses from './inside.module.css';
import type { ChangeChoice } from './inside-choice.ts';
import type { InsideViewProps } from './inside-view.ts';
import { PlaceSelect, placeOf } from './place-select.tsx';
import { StatesHeat } from './states-heat.tsx';
import { usePlayed } from './use-played.ts';
import { Failed, useWindow } from './use-window.tsx';
import { forecastLines, windowTime } from './window-time.ts';

export function PlayView(props: InsideViewProps) {
  const shown = useWindow(props);
  if (shown.window === null) return shown.instead;
  const { part, origin, run } = props.target;
  return <Play key={`${run} ${part} ${origin}`} {...props} plain={shown.window} />;
}

interface PlayProps extends InsideViewProps {
  /** The window as it is. */
  readonly plain: InsideWindowFrame;
}

function Play({ plain, about, target, version, choice, change }: PlayProps) {
  const place = placeOf({ about, choice });
  const what = place?.what.find((name) => name === choice.what) ?? 'hidden';
  const layer = about.attention.find((one) => one.layer === choice.place.layer) ?? about.attention[0];
  const asked = {
    target,
    version,
    states: place ? { place: place.place, what, order: choice.order } : null,
    attention: layer ? { layer: layer.layer, head: choice.head } : null,
  };
  const { frames, error, ask } = usePlayed(asked, choice.edits);
  const window = frames?.window ?? plain;
  const shared = useMemo(() => axisOf(plain), [plain]);
  return (
    <>
      <Panel className={classes.wide ?? ''}>
        <InputByHand
          plain={plain}
          window={window}
          season={about.season}
          made={choice.edits}
          ask={ask}
          change={change}
          shared={shared}
        />
        <p className={insideClasses.hint} role="status">
          {window.header.change ??
            'Drag a value up or down. With keys: left and right choose a row, up and down move its value, Delete erases it, [ and ] shift the window.'}
        </p>
        <LinePlot
          title={`Forecast of ${plain.header.about.target}`}
          lines={answeredLines(plain, window)}
          height={170}
          formatY={formatKnown}
          {...shared}
        />
      </Panel>
      {error !== null && <Failed error={error} />}
      {place && frames?.states && (
        <States frame={frames.states} window={window} place={place} what={what} change={change}>
          <PlaceSelect about={about} choice={choice} change={change} />
        </States>
      )}
      {frames?.attention && <Attention frame={frames.attention} window={window} step={choice.step} />}
    </>
  );
}

function axisOf(plain: InsideWindowFrame): SharedAxis {
  const time = windowTime(plain);
  return {
    xKind: 'time',
    xDomain: time.domain,
    formatX: (at) => formatDataTime(at, time.stepUs),
    markers: [{ at: time.originUs, label: 'origin' }],
  };
}

function answeredLines(plain: InsideWindowFrame, window: InsideWindowFrame): Line[] {
  const lines = forecastLines(window);
  if (window.header.change === null) return lines;
  const before: Line = {
    id: 'before',
    label: 'forecast as it was',
    color: '--hc-ink-3',
    x: plain.columns.time,
    y: plain.columns.forecast,
    dash: [4, 3],
  };
  return [before, ...lines];
}

interface StatesProps {
  readonly frame: InsideStatesFrame;
  readonly window: InsideWindowFrame;
  readonly place: InsidePlace;
  readonly what: string;
  readonly change: ChangeChoice;
  readonly children: ReactNode;
}

const SHARE = { low: 0, high: 1 } as const;
const TITLES: Readonly<Record<string, string>> = { hidden: 'Hidden state h', cell: 'Cell state c' };
const SHORT: Readonly<Record<string, string>> = { hidden: 'h', cell: 'c' };

function States({ frame, window, place, what, change, children }: StatesProps) {
  const gate = place.gates.find(({ name }) => name === what);
  const range = gate?.isGate ? SHARE : undefined;
  return (
    <Panel className={classes.wide ?? ''}>
      <StatesHeat
        frame={frame}
        window={window}
        title={TITLES[what] ?? `${gate?.title ?? ''} ${what}`}
        {...(range && { range })}
        height={Math.min(320, Math.max(150, 44 + place.units * 5))}
        controls={
          <>
            <SegmentedControl
              aria-label="State or gate"
              size="xs"
              data={place.what.map((name) => ({ value: name, label: SHORT[name] ?? name }))}
              value={what}
              onChange={(next) => change({ what: next })}
            />
            {children}
          </>
        }
      />
    </Panel>
  );
}

interface AttentionProps {
  readonly frame: InsideAttentionFrame;
  readonly window: InsideWindowFrame;
  readonly step: number | null;
}

function Attention({ frame, window, step }: AttentionProps) {
  const { onlyQuery, isAlignment, queries } = frame.header;
  return (
    <Panel className={classes.wide ?? ''}>
      <AttentionMap
        frame={frame}
        window={window}
        query={step ?? onlyQuery ?? (isAlignment ? 0 : queries - 1)}
      />
    </Panel>
  );
}
