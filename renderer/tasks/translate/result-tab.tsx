// The Result tab of a translator: the verdict, a box to try it in, scores by length, and the texts that need the most edits.
import { useQuery } from '@tanstack/react-query';
import { useEngine } from '../../engine/engine-context.tsx';
import classes from '../../features/run/run-page.module.css';
import { weightsOf } from '../../features/run/weights-of.ts';
import { ErrorMessage, Note } from '../../ui/messages.tsx';
import { Scroll } from '../../ui/page.tsx';
import type { RunTabProps } from '../run-tab.ts';
import { Verdict } from '../verdict.tsx';
import { LengthChart } from './length-chart.tsx';
import { PairList } from './pair-list.tsx';
import { TryTranslation } from './try-translation.tsx';

const MOST_NOTES = 3;

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
    <Scroll label="Result">
      <div className={classes.charts}>
        {error && (
          <div className={classes.wide}>
            <ErrorMessage error={error} />
          </div>
        )}
        <Verdict run={run} text={data?.verdict ?? ''} />
        {run.notes.length > 0 && (
          <div className={classes.wide}>
            <Note calm>
              {run.notes.slice(0, MOST_NOTES).map((note) => (
                <div key={note}>{note}</div>
              ))}
            </Note>
          </div>
        )}
        {isPending && (
          <p className={`${classes.wide} muted`} role="status">
            The model writes the test part …
          </p>
        )}
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
      </div>
    </Scroll>
  );
}
