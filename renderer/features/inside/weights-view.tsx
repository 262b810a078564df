// Weights, gradients and updates of one parameter over the epochs, as a probe recorded them while the run trained.
import { SegmentedControl, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { HISTOGRAMS_OF, type InsideHistogramsFrame } from '../../../engine/contract/inside/probe.ts';
import type { Line } from '../../charts/draw.ts';
import { HeatMap } from '../../charts/heat-map.tsx';
import { LinePlot } from '../../charts/line-plot.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/page.tsx';
import classes from '../run/run-page.module.css';
import { histogramsQuery } from './inside-queries.ts';
import type { InsideViewProps } from './inside-view.ts';
import { Pending } from './use-window.tsx';
import { epochBorders } from './window-time.ts';

type Of = (typeof HISTOGRAMS_OF)[number];

const LABELS: Readonly<Record<Of, string>> = {
  weights: 'Weights',
  gradients: 'Gradients',
  updates: 'Updates',
  gates: 'Gates',
};

export function WeightsView({ run, about, version }: InsideViewProps) {
  const engine = useEngine();
  const [of, setOf] = useState<Of>('weights');
  const [parameter, setParameter] = useState<string | null>(null);
  const choice = { run: run.id, of, ...(parameter === null ? {} : { parameter }) };
  const { data: frame, error } = useQuery(histogramsQuery(engine, choice, version));
  const kinds = HISTOGRAMS_OF.filter(
    (one) => one !== 'gates' || about.places.some(({ gates }) => gates.length > 0),
  );
  return (
    <>
      <div className={`${classes.resultControls} ${classes.wide}`}>
        <SegmentedControl
          aria-label="Histogram of"
          data={kinds.map((value) => ({ value, label: LABELS[value] }))}
          value={of}
          onChange={(next) => {
            // Gates have other names than parameters.
            if ((next === 'gates') !== (of === 'gates')) setParameter(null);
            setOf(next as Of);
          }}
        />
        {frame && (
          <Select
            aria-label={of === 'gates' ? 'Gate' : 'Parameter'}
            data={[...frame.header.parameters]}
            value={frame.header.parameter}
            onChange={setParameter}
            allowDeselect={false}
            searchable
            w={260}
          />
        )}
      </div>
      {error ? (
        <Nothing error={error} />
      ) : frame ? (
        <Charts frame={frame} />
      ) : (
        <Pending>Reading what was recorded …</Pending>
      )}
    </>
  );
}

/** Of an older run, or one without a probe; the engine's sentence says so. */
function Nothing({ error }: { readonly error: Error }) {
  return (
    <div className={classes.wide}>
      <EmptyState title="Nothing was recorded of this training">{error.message}</EmptyState>
    </div>
  );
}

function Charts({ frame }: { readonly frame: InsideHistogramsFrame }) {
  const { header, columns } = frame;
  const epochs = Float64Array.from(columns.epoch);
  const borders = epochBorders(epochs);
  const domain = [borders[0]!, borders.at(-1)!] as const;
  const used = usedClasses(frame);
  const most = used.reduce(
    (top, index) => columns.share[index]!.reduce((one, share) => Math.max(one, share), top),
    0,
  );
  const line = (id: string, y: Float32Array): Line => ({
    id,
    label: id,
    color: '--hc-series-1',
    x: epochs,
    y,
    dots: epochs.length < 60,
  });
  const axis = {
    height: 170,
    xKind: 'count',
    xLabel: 'epoch',
    xDomain: domain,
    formatX: formatCount,
  } as const;
  return (
    <>
      <Panel className={classes.wide ?? ''}>
        <HeatMap
          title={`${LABELS[header.of]} of ${header.parameter}: share of the values in each class`}
          height={Math.min(420, Math.max(140, 40 + used.length * 8))}
          values={used.map((index) => columns.share[index]!)}
          from={borders.subarray(0, epochs.length)}
          to={borders.subarray(1)}
          xDomain={domain}
          xKind="count"
          formatX={(epoch) => `epoch ${formatCount(Math.round(epoch))}`}
          range={{ low: 0, high: most }}
          table="sequential"
          formatValue={(share) => `${formatNumber(100 * share, 2)} %`}
          nameLine={(index) => classText(header.classes[used[index]!])}
          labelLine={(index) => shortNumber(header.classes[used[index]!]?.from)}
        />
      </Panel>
      <Panel>
        <LinePlot
          title={`Norm of the ${LABELS[header.of].toLowerCase()}`}
          lines={[line('norm', columns.norm)]}
          formatY={(value) => formatNumber(value, 3)}
          {...axis}
        />
      </Panel>
      <Panel>
        <LinePlot
          title="Update / weight"
          lines={[line('|update| / |weights|', columns.ratio)]}
          yScale="log"
          formatY={(value) => formatNumber(value, 2)}
          {...axis}
        />
      </Panel>
    </>
  );
}

/** From the class of the largest value down to that of the smallest: classes that nothing ever fell into are left out at both ends. */
function usedClasses({ header, columns }: InsideHistogramsFrame): number[] {
  const filled = [...header.classes.keys()].filter((index) =>
    columns.share[index]!.some((share) => share > 0),
  );
  const [first = 0, last = header.classes.length - 1] = [filled[0], filled.at(-1)];
  return Array.from({ length: last - first + 1 }, (_, offset) => last - offset);
}

/** Few signs wide, at the side of a heat map. */
function shortNumber(value = 0): string {
  const size = Math.abs(value);
  if (size === 0 || size >= 0.01) return formatNumber(value, 1);
  return value.toExponential(0).replaceAll('-', '\u2212');
}

const classText = (one: InsideHistogramsFrame['header']['classes'][number] | undefined): string =>
  one ? `${formatNumber(one.from, 2)} to ${formatNumber(one.to, 2)}` : '';
