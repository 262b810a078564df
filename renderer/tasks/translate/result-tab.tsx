// The Result tab of a translator: the verdict, a box to try it in, scores by length, and the texts that need the most edits.
import { useQuery } from '@tanstack/react-query';
import { useEngine } from '../../engine/engine-context.tsx';
import classes from '../../features/run/run-page.module.css';
import { weightsOf } from '../../features/run/weights-of.ts';
import { ResultPage } from '../result-page.tsx';
import type { RunTabProps } from '../run-tab.ts';
import { LengthChart } from './length-chart.tsx';
import { PairList } from './pair-list.tsx';
import { TryTranslation } from './try-translation.tsx';

export function TranslateResultTab({ run }: RunTabProps) {
  const engine = useEngine();
  const { data, error, isPending } = useQuery({
    queryKey: ['translation', 'result', run.id, 'test', weightsOf(run), 100],
    queryFn: ({ signal }) => engine.translation.result({ run: run.id }, { signal }),
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return (
    <ResultPage
      run={run}
      verdict={data?.verdict}
      error={error}
      pending={isPending ? 'The model writes the test part …' : null}
    >
      <TryTranslation run={run} />
      {data && (
        <>
          <LengthChart
            lines={[{ id: 'model', label: 'model', color: '--hc-series-1', scores: data.byLength }]}
          />
          <div className={classes.wide}>
            <PairList run={run} result={data} />
          </div>
        </>
      )}
    </ResultPage>
  );
}
