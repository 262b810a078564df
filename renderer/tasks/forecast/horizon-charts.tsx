// Scores by how far ahead, of the model and the best baselines.
import { useQuery } from '@tanstack/react-query';
import type { Catalogue } from '../../../engine/contract/catalogue.ts';
import type { RunDetail } from '../../../engine/contract/run.ts';
import { isBetter, metricInfo, scoreFormat } from '../../../engine/words/scores/metric-info.ts';
import { LinePlot } from '../../charts/line-plot.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { horizonErrorsQuery } from '../../engine/queries.ts';
import { useCatalogue } from '../../engine/use-catalogue.ts';
import { colorOfSubject, MODEL } from '../../features/run/subjects.ts';
import { weightsOf } from '../../features/run/weights-of.ts';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Panel } from '../../ui/page.tsx';

type Part = 'test' | 'validation';

/** Lines of more baselines than these hide each other. */
const MOST_BASELINES = 3;

export function HorizonCharts({ run, part }: { readonly run: RunDetail; readonly part: Part }) {
  const catalogue = useCatalogue();
  const request = { run: run.id, part, weights: weightsOf(run) };
  const { data } = useQuery({ ...horizonErrorsQuery(useEngine(), request), retry: false });
  const steps = Array.from({ length: data?.horizon ?? 0 }, (_, index) => index + 1);
  const linesOf = (metric: string) => {
    const shown = [MODEL, ...bestBaselines(run, { part, metric, catalogue })];
    return (data?.subjects ?? [])
      .filter(({ subject }) => shown.includes(subject))
      .map(({ subject, byStep }) => ({
        id: subject,
        label: subject,
        color: colorOfSubject(subject, catalogue),
        x: steps,
        y: byStep[metric] ?? [],
        dots: true,
        width: subject === MODEL ? 2 : 1.5,
      }));
  };
  const common = {
    height: 240,
    xDomain: [1, Math.max(2, steps.length)] as const,
    formatX: formatCount,
    empty: 'Making the forecasts of this part …',
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

interface Ranking {
  readonly part: Part;
  readonly metric: string;
  readonly catalogue: Catalogue;
}

function bestBaselines({ scores }: RunDetail, { part, metric, catalogue }: Ranking): string[] {
  const info = metricInfo(catalogue, metric);
  const rank = (value: number, other: number): number =>
    isBetter(info, value, other) ? -1 : isBetter(info, other, value) ? 1 : 0;
  return scores
    .filter((score) => score.part === part && score.target === null && score.metric === metric)
    .filter(({ subject }) => subject !== MODEL)
    .sort((a, b) => rank(a.value, b.value))
    .slice(0, MOST_BASELINES)
    .map(({ subject }) => subject);
}
