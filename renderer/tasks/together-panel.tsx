// A panel of Compare whose answer is made when it is asked for: how forecasts become one, the button that asks, and what came of it.
import { SegmentedControl } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { type EnsembleWay, EnsembleWaySchema } from '../../engine/contract/studies/ensemble.ts';
import { keys } from '../engine/queries.ts';
import { useCallProgress } from '../engine/use-call-progress.ts';
import classes from '../features/compare/compare.module.css';
import { BusyButton } from '../ui/busy-button.tsx';
import { ErrorMessage } from '../ui/messages.tsx';
import { Panel } from '../ui/page.tsx';
import { useFocusBack } from '../ui/use-focus-back.ts';
import { Working } from '../ui/working.tsx';
import { reachedText } from './reached-text.ts';

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
  /** What is counted where the engine says how far it is: `texts`. */
  readonly counted?: string;
  /** `watch`: a name under which the engine says how far it is. */
  ask(way: EnsembleWay, options: { readonly signal: AbortSignal; readonly watch: string }): Promise<Answer>;
  readonly children: (answer: Answer) => ReactNode;
}

export function TogetherPanel<Answer>(props: TogetherPanelProps<Answer>) {
  const { title, about, hasWay, action, doing, counted, ask, children } = props;
  const queries = useQueryClient();
  const [way, setWay] = useState<EnsembleWay>('mean');
  const [asked, setAsked] = useState<string | null>(null);
  const [watch] = useState(() => crypto.randomUUID());
  const queryKey = [...keys.runs, title, about, way];
  const { data, error, isFetching } = useQuery({
    queryKey,
    queryFn: ({ signal }) => ask(way, { signal, watch }),
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
      {isFetching && counted !== undefined && (
        <Counted doing={doing} counted={counted} watch={watch} onCancel={cancel} />
      )}
      {isFetching && counted === undefined && <Working what={doing} onCancel={cancel} />}
      {error && <ErrorMessage error={error} />}
      {data !== undefined && <div ref={answer}>{children(data)}</div>}
    </Panel>
  );
}

interface CountedProps {
  readonly doing: string;
  readonly counted: string;
  readonly watch: string;
  readonly onCancel: () => void;
}

/** The elapsed time until it is known how far it is. */
function Counted({ doing, counted, watch, onCancel }: CountedProps) {
  const progress = useCallProgress(watch);
  return (
    <Working
      what={doing}
      fraction={progress?.fraction ?? null}
      reached={progress && reachedText(progress, counted)}
      onCancel={onCancel}
    />
  );
}
