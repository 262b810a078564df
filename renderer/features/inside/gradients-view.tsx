// How the gradient fades through time: dL/dh by lag with a verdict in words, and what the recurrent weights do by themselves.
import { useQuery } from '@tanstack/react-query';
import type { InsideGradients } from '../../../engine/contract/inside/dynamics.ts';
import type { Line } from '../../charts/draw.ts';
import { LinePlot } from '../../charts/line-plot.tsx';
import type { Marker } from '../../charts/overlay.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { formatCount, formatNumber, plural } from '../../ui/format.ts';
import { Note } from '../../ui/messages.tsx';
import { Panel } from '../../ui/page.tsx';
import { unbroken } from '../../ui/unbroken.ts';
import runClasses from '../run/run-page.module.css';
import { FlowPanel } from './flow-panel.tsx';
import classes from './inside.module.css';
import { nameOfPlace } from './inside-choice.ts';
import { gradientsQuery, spectrumQuery } from './inside-queries.ts';
import type { InsideViewProps } from './inside-view.ts';
import { PlaceSelect, placeOf, titleOf } from './place-select.tsx';
import { UnitCircle } from './unit-circle.tsx';
import { Failed, Pending } from './use-window.tsx';
import { WhatIfPanel } from './what-if-panel.tsx';

export function GradientsView(props: InsideViewProps) {
  const { about, target, version } = props;
  const engine = useEngine();
  const { data, error } = useQuery(gradientsQuery(engine, target, {}, version));
  const { data: untrained } = useQuery(gradientsQuery(engine, { ...target, weights: 'first' }, {}, version));
  if (error) return <Failed error={error} />;
  if (!data) return <Pending>Computing the gradients through time …</Pending>;
  const places = about.places.map(({ place }) => place);
  const lines = linesOf(data, (index) => titleOf(places[index] ?? data.places[index]!.place, about.places));
  const longest = Math.max(1, ...data.places.map(({ hidden, absent }) => hidden.length + absent - 1));
  return (
    <>
      {data.verdict && (
        <p className={`${classes.verdict} ${runClasses.wide}`}>{unbroken(data.verdict.sentence)}</p>
      )}
      <Panel className={runClasses.wide ?? ''}>
        <LinePlot
          title="Size of the gradient dL/dh by lag"
          lines={[...lines, ...(target.weights === 'first' || !untrained ? [] : firstLines(untrained))]}
          height={280}
          xKind="count"
          xLabel="steps back from the readout"
          xDomain={[0, longest]}
          formatX={(lag) => `lag ${formatCount(lag)}`}
          formatTick={formatCount}
          formatY={(value) => formatNumber(value, 3)}
          yScale="log"
          markers={[
            ...(data.verdict ? [{ at: data.verdict.lag, label: `lag ${data.verdict.lag}` }] : []),
            ...absentLags(data),
          ]}
          controls={<span className="muted">over {plural(data.windows, 'window')} of the part</span>}
          empty="No gradient reaches a state"
        />
        {data.places.some(({ throughTime }) => !throughTime) && (
          <Note>
            Below the top layer, and where a decoder reads every state, the gradient also arrives from above
            at each step: there the line does not show what time alone lets through.
          </Note>
        )}
        {data.places.some(({ absent }) => absent > 0) && (
          <Note>
            Training cuts the gradient off: lags beyond the end of a line are not reached, which is another
            thing than a gradient of zero.
          </Note>
        )}
      </Panel>
      {placeOf(props) && <FlowPanel run={props.run.id} version={version} place={placeOf(props)!.place} />}
      <Spectrum {...props} />
      <WhatIfPanel run={props.run} steps={about.places[0]?.steps ?? about.lookback} />
    </>
  );
}

/** Lags that no gradient reaches: a band, since they are absent and not zero. Exported for its test. */
export function absentLags({ places }: Pick<InsideGradients, 'places'>): Marker[] {
  const cut = places.find(({ absent }) => absent > 0);
  if (!cut) return [];
  const at = cut.hidden.length - 0.5;
  return [{ at, to: at + cut.absent, color: '--hc-ink-3' }];
}

/** Of the encoder's top layer, before the first step. */
function firstLines({ places }: InsideGradients): Line[] {
  const top = places.findLast(({ place }) => place.part === 'encoder' && place.direction === 'forward');
  if (!top) return [];
  const x = top.hidden.map((_, lag) => lag);
  return [
    { id: 'first', label: 'top layer before training', color: '--hc-ink-3', x, y: top.hidden, dash: [2, 3] },
  ];
}

function linesOf({ places }: InsideGradients, title: (index: number) => string): Line[] {
  return places.flatMap(({ place, hidden, cell }, index) => {
    const x = hidden.map((_, lag) => lag);
    const color = (offset: number) => `--hc-series-${((2 * index + offset) % 10) + 1}`;
    const name = title(index);
    const ofHidden = { x, color: color(0), id: `${nameOfPlace(place)} h`, label: `${name}: h`, y: hidden };
    if (cell === null) return [ofHidden];
    return [
      ofHidden,
      { x, color: color(1), id: `${nameOfPlace(place)} c`, label: `${name}: c`, y: cell, dash: [5, 3] },
    ];
  });
}

function Spectrum(props: InsideViewProps) {
  const { about, target, version } = props;
  const engine = useEngine();
  const place = placeOf(props);
  const hasSpectrum = about.views.includes('spectrum') && place !== undefined;
  const { data, error } = useQuery({
    ...spectrumQuery(engine, target, place ? { place: place.place } : {}, version),
    enabled: hasSpectrum,
  });
  if (!hasSpectrum) return null;
  if (error) return <Failed error={error} />;
  if (!data) return <Pending>Computing the spectrum of the recurrent weights …</Pending>;
  const index = data.singularValues.map((_, position) => position + 1);
  return (
    <>
      <Panel
        title={`Eigenvalues of the recurrent weights, block ${data.what}`}
        actions={<PlaceSelect {...props} />}
      >
        <UnitCircle eigenvalues={data.eigenvalues} radius={data.radius} />
      </Panel>
      <Panel>
        <LinePlot
          title="Singular values"
          lines={[
            {
              id: 's',
              label: 'singular value',
              color: '--hc-series-1',
              x: index,
              y: data.singularValues,
              dots: index.length < 80,
            },
          ]}
          height={232}
          xKind="count"
          xLabel="index"
          formatX={formatCount}
          formatY={(value) => formatNumber(value, 3)}
          xDomain={[1, Math.max(2, index.length)]}
        />
        <p className="muted">{data.sentence}</p>
      </Panel>
    </>
  );
}
