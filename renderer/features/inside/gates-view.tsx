// The gates of a layer: over this window as heat maps, and over many windows of the part how open they are.
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { InsideGates } from '../../../engine/contract/inside/dynamics.ts';
import type { InsideWindowFrame } from '../../../engine/contract/inside/states.ts';
import { Bars } from '../../charts/bars.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { formatNumber, plural } from '../../ui/format.ts';
import { Panel } from '../../ui/page.tsx';
import classes from '../run/run-page.module.css';
import insideClasses from './inside.module.css';
import { gatesQuery } from './inside-queries.ts';
import type { InsideViewProps } from './inside-view.ts';
import { PlaceSelect, placeOf } from './place-select.tsx';
import { Scatter } from './scatter.tsx';
import { StateMap } from './state-map.tsx';
import { Failed, useWindow } from './use-window.tsx';

export function GatesView(props: InsideViewProps) {
  const { target, version, choice } = props;
  const engine = useEngine();
  const place = placeOf(props);
  const shown = useWindow(props);
  const statistics = useQuery({
    ...gatesQuery(engine, target, place ? { place: place.place } : {}, version),
    enabled: place !== undefined,
  });
  if (statistics.error) return <Failed error={statistics.error} />;
  if (shown.window === null) return shown.instead;
  const { window } = shown;
  if (!place) return null;
  return (
    <>
      {statistics.data && <Memory gates={statistics.data} />}
      {place.gates.map((gate, index) => (
        <GatePanel
          key={gate.name}
          {...props}
          window={window}
          gate={gate}
          statistics={statistics.data?.gates.find(({ name }) => name === gate.name)}
          order={choice.order}
          height={Math.min(260, Math.max(120, 40 + place.units * 5))}
          controls={index === 0 && <PlaceSelect {...props} />}
        />
      ))}
    </>
  );
}

interface GatePanelProps extends InsideViewProps {
  readonly window: InsideWindowFrame;
  readonly gate: NonNullable<ReturnType<typeof placeOf>>['gates'][number];
  readonly statistics: InsideGates['gates'][number] | undefined;
  readonly order: InsideViewProps['choice']['order'];
  readonly height: number;
  readonly controls: ReactNode;
}

/** A gate lies between closed and open; its colours do too. */
const WHOLE = { low: 0, high: 1 } as const;

function GatePanel(props: GatePanelProps) {
  const { gate, statistics, target, version, window, order, height, controls } = props;
  const place = placeOf(props)!.place;
  return (
    <Panel className={classes.wide ?? ''}>
      <StateMap
        target={target}
        version={version}
        window={window}
        place={place}
        what={gate.name}
        order={order}
        title={`${capital(gate.title)} ${gate.name}`}
        {...(gate.isGate ? { range: WHOLE } : {})}
        height={height}
        controls={controls}
      />
      {statistics && <Openness statistics={statistics} />}
    </Panel>
  );
}

function Openness({ statistics }: { readonly statistics: InsideGates['gates'][number] }) {
  const { histogram, isGate, below, above, mean, title } = statistics;
  const average = mean.reduce((sum, value) => sum + value, 0) / Math.max(1, mean.length);
  return (
    <div className={insideClasses.gateFacts}>
      <div>
        <Bars
          values={histogram.counts}
          width={220}
          height={52}
          label={`Distribution of the values of the ${title}`}
        />
        <span className="muted num">
          {formatNumber(histogram.from, 2)} to {formatNumber(histogram.to, 2)}, mean{' '}
          {formatNumber(average, 3)}
        </span>
      </div>
      {isGate && (
        <Scatter
          title={`Share of steps closed and open, a dot a unit, of the ${title}`}
          points={below.map((x, unit) => ({ x, y: above[unit] ?? 0, name: `unit ${unit}` }))}
          caption={`${capital(title)}, a dot a unit`}
          xLabel="share of steps below 0.1"
          yLabel="above 0.9"
        />
      )}
    </div>
  );
}

function Memory({ gates }: { readonly gates: InsideGates }) {
  const known = gates.memory.filter((steps) => steps !== null).toSorted((a, b) => a - b);
  const endless = gates.memory.length - known.length;
  if (gates.memory.length === 0 || gates.gates.length === 0) return null;
  const middle = known[Math.floor(known.length / 2)];
  return (
    <p className={`${insideClasses.verdict} ${classes.wide}`}>
      {middle !== undefined &&
        `Half of the ${plural(gates.memory.length, 'unit')} forget to 1/e within ${formatNumber(middle, 2)} steps by their keep gate; the longest memory is ${formatNumber(known.at(-1), 3)} steps. `}
      {endless > 0 && `${plural(endless, 'unit')} keep for longer than ten windows. `}
      <span className="muted">Over {plural(gates.windows, 'window')} of the part.</span>
    </p>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
