// What all views say of the model, in sentences that lead to them; what the forecast depends on by lag; what the steps leave of a state.
import { UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { LinePlot } from '../../charts/line-plot.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Panel } from '../../ui/page.tsx';
import runClasses from '../run/run-page.module.css';
import classes from './inside.module.css';
import { diagnoseQuery, jacobianQuery, memoryQuery } from './inside-queries.ts';
import type { InsideViewProps } from './inside-view.ts';
import { PlaceSelect, placeOf } from './place-select.tsx';
import { Failed, Pending } from './use-window.tsx';

/** Views of the tab by those of the engine; what is not among them is below. */
const SHOWN_IN: Readonly<Record<string, string>> = {
  gradients: 'Gradients',
  gates: 'Gates',
  attention: 'Attention',
};

export function DiagnosisView(props: InsideViewProps) {
  const { target, version, change } = props;
  const engine = useEngine();
  const { data, error } = useQuery(diagnoseQuery(engine, target, version));
  if (error) return <Failed error={error} />;
  if (!data) return <Pending>Looking at gradients, gates, attention and memory …</Pending>;
  return (
    <>
      <Panel title="What stands out" className={runClasses.wide ?? ''}>
        <ul className={classes.results}>
          {data.findings.map(({ view, isFault, sentence }) => (
            <li key={sentence}>
              {isFault && <b>To be looked at: </b>}
              {sentence}{' '}
              {SHOWN_IN[view] && (
                <UnstyledButton className={runClasses.link ?? ''} onClick={() => change({ view })}>
                  {SHOWN_IN[view]}
                </UnstyledButton>
              )}
            </li>
          ))}
        </ul>
      </Panel>
      <Dependence {...props} />
      <Product {...props} />
    </>
  );
}

function Dependence({ target, version }: InsideViewProps) {
  const { data, error } = useQuery(memoryQuery(useEngine(), target, version));
  if (error) return <Failed error={error} />;
  if (!data) return <Pending>Measuring the memory …</Pending>;
  const x = data.byLag.map((_, lag) => lag);
  const most = Math.max(Number.MIN_VALUE, ...data.byLag);
  return (
    <Panel className={runClasses.wide ?? ''}>
      <LinePlot
        title="What the forecast depends on, by lag"
        lines={[
          {
            id: 'dependence',
            label: '|dy / dx|, largest = 1',
            color: '--hc-series-1',
            x,
            y: data.byLag.map((value) => value / most),
          },
          {
            id: 'autocorrelation',
            label: `autocorrelation of ${data.target}`,
            color: '--hc-series-2',
            x,
            y: data.autocorrelation.map((value) => value ?? Number.NaN),
            dash: [5, 3],
          },
        ]}
        height={230}
        xKind="count"
        xLabel="rows back from the origin"
        xDomain={[0, Math.max(1, x.length - 1)]}
        formatX={(lag) => `lag ${formatCount(lag)}`}
        formatTick={formatCount}
        formatY={(value) => formatNumber(value, 3)}
        markers={data.half === null ? [] : [{ at: data.half, label: 'half' }]}
      />
    </Panel>
  );
}

function Product(props: InsideViewProps) {
  const { target, version } = props;
  const engine = useEngine();
  const place = placeOf(props);
  const { data, error } = useQuery({
    ...jacobianQuery(
      engine,
      target,
      place?.place ?? { part: 'encoder', layer: 0, direction: 'forward' },
      version,
    ),
    enabled: place !== undefined,
  });
  if (!place) return null;
  if (error) return <Failed error={error} />;
  if (!data) return <Pending>Multiplying the Jacobians of the steps …</Pending>;
  const x = data.logNorms.map((_, lag) => lag);
  return (
    <Panel className={runClasses.wide ?? ''}>
      <LinePlot
        title={`What the steps leave of a change of ${data.state}`}
        lines={[
          {
            id: 'product',
            label: data.isExact ? 'product of the Jacobians' : 'product of the Jacobians, estimated',
            color: '--hc-series-1',
            x,
            y: data.logNorms.map((log) => Math.max(1e-30, Math.exp(log))),
          },
        ]}
        height={230}
        xKind="count"
        xLabel="steps back from the readout"
        xDomain={[0, Math.max(1, x.length - 1)]}
        formatX={(lag) => `lag ${formatCount(lag)}`}
        formatTick={formatCount}
        formatY={(value) => formatNumber(value, 3)}
        yScale="log"
        controls={<PlaceSelect {...props} />}
      />
    </Panel>
  );
}
