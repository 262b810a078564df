// The insides of two runs beside each other: the same window, and one colour scale for both.
import { Slider } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { InsideDescription, InsidePlace } from '../../../engine/contract/inside/description.ts';
import type { RunSummary } from '../../../engine/contract/runs/run.ts';
import { runLabel } from '../../../engine/words/run-label.ts';
import type { Line } from '../../charts/draw.ts';
import { LinePlot } from '../../charts/line-plot.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { runQuery } from '../../engine/queries.ts';
import { formatCount, formatDataTime, formatNumber } from '../../ui/format.ts';
import { Note } from '../../ui/messages.tsx';
import { Panel } from '../../ui/page.tsx';
import { FlowPair } from '../inside/flow-panel.tsx';
import classes from '../inside/inside.module.css';
import {
  describeQuery,
  gradientsQuery,
  statesQuery,
  type Target,
  windowQuery,
} from '../inside/inside-queries.ts';
import { StateMap } from '../inside/state-map.tsx';
import { weightsOf } from '../run/weights-of.ts';
import { sameOrigin } from './same-origin.ts';

/** Nothing where the runs are more or fewer than two, or have no states. */
export function InsidePanel({ runs }: { readonly runs: readonly RunSummary[] }) {
  const engine = useEngine();
  const two = runs.length === 2 ? runs : [];
  const details = useQueries({ queries: two.map(({ id }) => runQuery(engine, id)) });
  const versions = details.map(({ data }) => (data ? weightsOf(data) : ''));
  const described = useQueries({
    queries: two.map(({ id }, index) => ({
      ...describeQuery(engine, id, versions[index] ?? ''),
      enabled: versions[index] !== '',
    })),
  });
  const sides = two.flatMap((run, index): Side[] => {
    const about = described[index]?.data;
    const place = about && topPlace(about);
    return about && place ? [{ run, about, place, version: versions[index]! }] : [];
  });
  const [first, second] = sides;
  if (!first || !second) return null;
  return (
    <Panel title="Inside">
      <Pair first={first} second={second} />
    </Panel>
  );
}

export interface Side {
  readonly run: RunSummary;
  readonly about: InsideDescription;
  readonly place: InsidePlace;
  readonly version: string;
}

/** The encoder's top layer, forward: the way from the answer to the past. */
const topPlace = ({ places }: InsideDescription): InsidePlace | undefined =>
  places.findLast(({ place }) => place.part === 'encoder' && place.direction === 'forward');

interface PairProps {
  readonly first: Side;
  readonly second: Side;
}

function Pair({ first, second }: PairProps) {
  const [origin, setOrigin] = useState(0);
  const part = first.about.parts.find((one) => one.part === 'test') ?? first.about.parts[0];
  const there = part && sameOrigin(first.about, second.about, { part: part.part, origin });
  return (
    <>
      <Gradients first={first} second={second} />
      <FlowPair
        sides={[first, second].map(({ run, version, place }) => ({
          run: run.id,
          label: runLabel(run),
          version,
          place: place.place,
        }))}
      />
      {part && part.origins > 1 && (
        <Slider
          thumbLabel="Origin"
          min={0}
          max={part.origins - 1}
          value={origin}
          onChange={setOrigin}
          label={(index) => `origin ${index + 1} of ${part.origins}`}
          size="sm"
        />
      )}
      {part && there !== null && there !== undefined ? (
        <States
          sides={[
            { ...first, target: targetOf(first, part.part, origin) },
            { ...second, target: targetOf(second, part.part, there) },
          ]}
        />
      ) : (
        <Note>The second run has no window with this origin.</Note>
      )}
    </>
  );
}

const targetOf = ({ run, about }: Side, part: Target['part'], origin: number): Target => ({
  run: run.id,
  weights: about.weights[0]?.weights ?? 'first',
  part,
  origin,
});

/** Of the top layer; one axis for both. */
function Gradients({ first, second }: PairProps) {
  const engine = useEngine();
  const sides = [first, second];
  const part = first.about.parts.find((one) => one.part === 'validation')?.part ?? 'train';
  const found = useQueries({
    queries: sides.map((side) => gradientsQuery(engine, targetOf(side, part, 0), {}, side.version)),
  });
  const lines = found.flatMap(({ data }, index): Line[] => {
    const { run, place } = sides[index]!;
    const norms = data?.places.find(
      (one) => JSON.stringify(one.place) === JSON.stringify(place.place),
    )?.hidden;
    if (!norms) return [];
    const color = `--hc-series-${index + 1}`;
    return [{ id: String(run.id), label: runLabel(run), color, x: norms.map((_, lag) => lag), y: norms }];
  });
  if (lines.length < 2) return null;
  return (
    <LinePlot
      title="Size of the gradient dL/dh by lag, top layer"
      lines={lines}
      height={200}
      xKind="count"
      xLabel="steps back from the readout"
      formatX={(lag) => `lag ${formatCount(lag)}`}
      formatTick={formatCount}
      formatY={(value) => formatNumber(value, 3)}
      yScale="log"
    />
  );
}

interface StatesProps {
  readonly sides: readonly (Side & { readonly target: Target })[];
}

/** Hidden states of the same window: the colours reach as far as the farther of both. */
function States({ sides }: StatesProps) {
  const engine = useEngine();
  const frames = useQueries({
    queries: sides.map(({ target, place, version }) =>
      statesQuery(engine, target, { place: place.place, what: 'hidden', order: 'index' }, version),
    ),
  });
  const reach = Math.max(1e-12, ...frames.map(({ data }) => data?.header.reach ?? 0));
  return (
    <div className={classes.pair}>
      {sides.map((side) => (
        <OneState key={side.run.id} {...side} range={{ low: -reach, high: reach }} />
      ))}
    </div>
  );
}

interface OneStateProps extends Side {
  readonly target: Target;
  readonly range: { readonly low: number; readonly high: number };
}

function OneState({ run, target, version, place, range }: OneStateProps) {
  const { data: window } = useQuery(windowQuery(useEngine(), target, version));
  if (!window) return <p className="muted">Computing the window of {runLabel(run)} …</p>;
  return (
    <StateMap
      target={target}
      version={version}
      window={window}
      place={place.place}
      what="hidden"
      order="index"
      range={range}
      title={`Hidden state h of ${runLabel(run)}, origin ${formatDataTime(window.header.about.originUs)}`}
      height={220}
    />
  );
}
