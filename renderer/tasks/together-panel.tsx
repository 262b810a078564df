// A panel of Compare whose answer is made when it is asked for: how forecasts become one, the button that asks, and what came of it.
import { SegmentedControl } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { type EnsembleWay, EnsembleWaySchema } from '../../engine/contract/studies/ensemble.ts';
import { keys } from '../engine/queries.ts';
import classes from '../features/compare/compare.module.css';
import { BusyButton } from '../ui/busy-button.tsx';
import { ErrorMessage } from '../ui/messages.tsx';
import { Panel } from '../ui/page.tsx';
import { useFocusBack } from '../ui/use-focus-back.ts';
import { Working } from '../ui/working.tsx';

const WAY_WORDS: Readonly<Record<EnsembleWay, string>> = {
  mean: 'Mean',
  median: 'Median',
  weights: 'Shares by validation',
};

interface TogetherPanelProps<Answer> {
  readonly title: string;
  /** What is asked about: another one has to be asked for again. */
  readonly about: string;
  /** There is something to put together, so that the way matters. */
  readonly hasWay: boolean;
  readonly action: string;
  /** What is being done while it waits. */
  readonly doing: string;
  ask(way: EnsembleWay, signal: AbortSignal): Promise<Answer>;
  readonly children: (answer: Answer) => ReactNode;
}

export function TogetherPanel<Answer>(props: TogetherPanelProps<Answer>) {
  const { title, about, hasWay, action, doing, ask, children } = props;
  const queries = useQueryClient();
  const [way, setWay] = useState<EnsembleWay>('mean');
  const [asked, setAsked] = useState<string | null>(null);
  const queryKey = [...keys.runs, title, about, way];
  const { data, error, isFetching } = useQuery({
    queryKey,
    queryFn: ({ signal }) => ask(way, signal),
    enabled: asked === about,
    retry: false,
  });
  const start = useFocusBack(isFetching);
  const cancel = () => {
    setAsked(null);
    void queries.cancelQueries({ queryKey });
  };
  const answer = useRef<HTMLDivElement>(null);
  // It comes below what asked for it, which may be the last line of the screen.
  useEffect(() => {
    if (data !== undefined) answer.current?.scrollIntoView({ block: 'nearest' });
  }, [data]);
  return (
    <Panel title={title}>
      <div className={classes.together}>
        {hasWay && (
          <SegmentedControl
            size="xs"
            aria-label="How the forecasts become one"
            data={EnsembleWaySchema.options.map((value) => ({ value, label: WAY_WORDS[value] }))}
            value={way}
            onChange={setWay}
          />
        )}
        <BusyButton ref={start} variant="default" isBusy={isFetching} onClick={() => setAsked(about)}>
          {action}
        </BusyButton>
      </div>
      {isFetching && <Working what={doing} onCancel={cancel} />}
      {error && <ErrorMessage error={error} />}
      {data !== undefined && <div ref={answer}>{children(data)}</div>}
    </Panel>
  );
}
