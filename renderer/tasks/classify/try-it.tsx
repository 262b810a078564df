// A box to try a classifier in: the answer comes while one types.
import { Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ClassAnswers } from '../../../engine/contract/classify-result.ts';
import type { RunDetail } from '../../../engine/contract/run.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { weightsOf } from '../../features/run/weights-of.ts';
import { formatNumber } from '../../ui/format.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Panel } from '../../ui/page.tsx';
import css from './classify.module.css';

const SETTLED_MS = 150;
const MOST_SHOWN = 6;

export function TryIt({ run }: { readonly run: RunDetail }) {
  const engine = useEngine();
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text, SETTLED_MS);
  const { data, error } = useQuery({
    queryKey: ['classify', 'answer', run.id, weightsOf(run), settled],
    queryFn: ({ signal }) => engine.classify.answer({ run: run.id, texts: [settled] }, { signal }),
    enabled: settled.trim() !== '',
    placeholderData: (before) => before,
    retry: false,
  });
  return (
    <Panel title="Try it">
      <Textarea
        aria-label="A text to classify"
        placeholder="Type or paste a text"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={2}
        maxRows={8}
      />
      {error && <ErrorMessage error={error} />}
      {settled.trim() !== '' && data && <Answers answers={data} />}
    </Panel>
  );
}

function Answers({ answers: { classes, probabilities } }: { readonly answers: ClassAnswers }) {
  const [p = []] = probabilities;
  const ranked = classes
    .map((name, index) => ({ name, share: p[index] ?? 0 }))
    .toSorted((a, b) => b.share - a.share)
    .slice(0, MOST_SHOWN);
  return (
    <div className={css.answers} role="status" aria-label="Answer">
      {ranked.map(({ name, share }) => (
        <div key={name} style={{ display: 'contents' }}>
          <span className={css.className} title={name}>
            {name}
          </span>
          <span>
            <span className={css.bar} style={{ display: 'block', width: `${Math.max(1, 100 * share)}%` }} />
          </span>
          <span className="num">{formatNumber(100 * share)} %</span>
        </div>
      ))}
    </div>
  );
}
