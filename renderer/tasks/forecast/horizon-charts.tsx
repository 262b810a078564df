// Errors by how far ahead, of the model and the baselines.
import { useQuery } from '@tanstack/react-query';
import type { RunDetail } from '../../../engine/contract/run.ts';
import { LinePlot } from '../../charts/line-plot.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { horizonErrorsQuery } from '../../engine/queries.ts';
import { SUBJECTS } from '../../features/run/subjects.ts';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Panel } from '../../ui/page.tsx';

type Part = 'test' | 'validation';

export function HorizonCharts({ run, part }: { readonly run: RunDetail; readonly part: Part }) {
  const { data } = useQuery({ ...horizonErrorsQuery(useEngine(), run.id, part), retry: false });
  const steps = Array.from({ length: data?.horizon ?? 0 }, (_, place) => place + 1);
  const lines = (metric: 'mae' | 'rmse') =>
    (data?.subjects ?? []).map((subject) => ({
      id: subject.subject,
      label: SUBJECTS[subject.subject]?.label ?? subject.subject,
      color: SUBJECTS[subject.subject]?.color ?? '--hc-series-3',
      x: steps,
      y: subject[metric],
      dots: true,
      width: subject.subject === 'model' ? 2 : 1.5,
    }));
  const common = {
    height: 240,
    xDomain: [1, Math.max(2, steps.length)] as const,
    formatX: formatCount,
    formatY: formatNumber,
    empty: 'Making the forecasts of this part …',
  };
  return (
    <>
      <Panel>
        <LinePlot title="MAE by steps ahead" lines={lines('mae')} {...common} />
      </Panel>
      <Panel>
        <LinePlot title="RMSE by steps ahead" lines={lines('rmse')} {...common} />
      </Panel>
    </>
  );
}
