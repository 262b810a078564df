// The map of origins and steps: the size of the errors or, less those of another run of the same protocol, where which of the two is better.
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Residuals } from '../../../engine/contract/results/residuals.ts';
import type { RunDetail } from '../../../engine/contract/runs/run.ts';
import { runLabel } from '../../../engine/words/run-label.ts';
import { HeatMap } from '../../charts/heat-map.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { residualsQuery, runsQuery } from '../../engine/queries.ts';
import { weightsOf } from '../../features/run/weights-of.ts';
import { formatDataTime, formatNumber } from '../../ui/format.ts';
import { ErrorMessage, Note } from '../../ui/messages.tsx';
import { Panel } from '../../ui/page.tsx';
import { mapLess } from './map-less.ts';

const HEIGHT = 240;

interface ErrorMapProps {
  readonly run: RunDetail;
  readonly data: Residuals;
  readonly onOrigin: (origin: number) => void;
}

export function ErrorMap({ run, data, onOrigin }: ErrorMapProps) {
  const engine = useEngine();
  const [otherId, setOther] = useState<number | null>(null);
  const { data: runs = [] } = useQuery(runsQuery(engine));
  // Others of one protocol have the same origins and true values.
  const others = runs.filter(
    ({ id, fingerprint, testScore }) =>
      id !== run.id && testScore !== null && fingerprint !== null && fingerprint === run.fingerprint,
  );
  const other = others.find(({ id }) => id === otherId);
  const asked = useQuery({
    ...residualsQuery(engine, {
      run: other?.id ?? 0,
      weights: other ? weightsOf(other) : '',
      step: data.step,
      series: data.series,
      target: data.target,
    }),
    enabled: other !== undefined,
    retry: false,
  });
  const subtracted = other && asked.data ? mapLess(data.map, asked.data.map) : null;
  const isMissing = other !== undefined && asked.data !== undefined && subtracted === null;
  const sizes = subtracted ?? data.map.sizes;
  const most = Math.max(...sizes.flat().filter(Number.isFinite).map(Math.abs), 0);
  const high = most > 0 ? most : 1;
  const { map } = data;
  return (
    <Panel>
      {asked.error && <ErrorMessage error={asked.error} />}
      {isMissing && <Note>The two runs have other origins or steps: their errors cannot be subtracted.</Note>}
      <HeatMap
        title={
          subtracted && other
            ? `Size of the error less that of ${runLabel(other)}: below 0 this run is better`
            : 'Size of the error by origin and steps ahead; a click opens the forecast'
        }
        height={HEIGHT}
        values={sizes.map((line) => Float64Array.from(line))}
        from={Float64Array.from(map.from)}
        to={Float64Array.from(map.to, (to, index) => map.from[index + 1] ?? to + 1)}
        xDomain={[map.from[0] ?? 0, Math.max(map.to.at(-1) ?? 1, (map.from[0] ?? 0) + 1)]}
        xKind="time"
        formatX={formatDataTime}
        range={{ low: subtracted ? -high : 0, high }}
        table={subtracted ? 'diverging' : 'sequential'}
        formatValue={formatNumber}
        nameLine={(line) => `${map.steps[line]} ahead`}
        labelLine={(line) => String(map.steps[line])}
        onPick={(_line, cell) => map.origin[cell] !== undefined && onOrigin(map.origin[cell])}
      />
      {others.length > 0 && (
        <Select
          aria-label="Less the errors of"
          placeholder="Less the errors of another run"
          data={others.map((one) => ({ value: String(one.id), label: `Less ${runLabel(one)}` }))}
          value={otherId === null ? null : String(otherId)}
          onChange={(next) => setOther(next === null ? null : Number(next))}
          clearable
          searchable
          w={320}
          mt={8}
        />
      )}
    </Panel>
  );
}
