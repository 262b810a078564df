// Scores by steps ahead, of the model and the best baselines.
import { useQuery } from '@tanstack/react-query';
import type { RunDetail } from '../../../engine/contract/runs/run.ts';
import { metricInfo, scoreFormat } from '../../../engine/words/scores/metric-info.ts';
import { LinePlot } from '../../charts/line-plot.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { horizonErrorsQuery } from '../../engine/queries.ts';
import { useCatalogue } from '../../engine/use-catalogue.ts';
import { lookOfSubject, MODEL } from '../../features/run/subjects.ts';
import { weightsOf } from '../../features/run/weights-of.ts';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Panel } from '../../ui/page.tsx';
import { bestBaselines } from './best-baselines.ts';

type Part = 'test' | 'validation';

export function HorizonCharts({ run, part }: { readonly run: RunDetail; readonly part: Part }) {
  const catalogue = useCatalogue();
  const request = { run: run.id, part, weights: weightsOf(run) };
  const { data, error } = useQuery({ ...horizonErrorsQuery(useEngine(), request), retry: false });
  const steps = Array.from({ length: data?.horizon ?? 0 }, (_, index) => index + 1);
  const linesOf = (metric: string) => {
    const shown = [MODEL, ...bestBaselines(run, { part, metric, catalogue })];
    return (data?.subjects ?? [])
      .filter(({ subject }) => shown.includes(subject))
      .map(({ subject, byStep }) => ({
        id: subject,
        label: subject,
        ...lookOfSubject(subject, catalogue),
        x: steps,
        y: byStep[metric] ?? [],
        dots: true,
      }));
  };
  const common = {
    height: 240,
    xDomain: [1, Math.max(2, steps.length)] as const,
    formatX: formatCount,
    empty: error ? 'No errors by steps ahead' : 'Making the forecasts of this part …',
  };
  const metrics = run.configuration.task.metrics.map((name) => metricInfo(catalogue, name));
  // A square shows nothing that its root does not.
  const charted = metrics.filter(({ unit }) => unit !== 'squared' || metrics.length === 1);
  return charted.map(({ name, label }) => (
    <Panel key={name}>
      <LinePlot
        title={`${label} by steps ahead`}
        lines={linesOf(name)}
        formatY={scoreFormat(catalogue, name, formatNumber)}
        {...common}
      />
    </Panel>
  ));
}
