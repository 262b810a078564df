// The Result tab of a translator: the verdict, a box to try it in, scores by length, and the texts that need the most edits.
import { useEngine } from '../../engine/engine-context.tsx';
import classes from '../../features/run/run-page.module.css';
import { ResultPage } from '../result-page.tsx';
import type { RunTabProps } from '../run-tab.ts';
import { useResult } from '../use-result.ts';
import { LengthChart } from './length-chart.tsx';
import { PairList } from './pair-list.tsx';
import { TryTranslation } from './try-translation.tsx';

export function TranslateResultTab({ run }: RunTabProps) {
  const engine = useEngine();
  const { data, page } = useResult({
    run,
    request: {},
    ask: engine.translation.result,
    pending: 'The model writes the test part …',
  });
  return (
    <ResultPage {...page}>
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
