// To try translators that are put together, as the first of them writes.
import { useId } from 'react';
import type { RunSummary } from '../../../engine/contract/runs/run.ts';
import { useTextToTranslate } from './text-to-translate.tsx';
import css from './translate.module.css';
import { Translated } from './translated.tsx';

interface TryTogetherProps {
  readonly run: RunSummary;
  readonly others: readonly RunSummary[];
}

export function TryTogether({ run, others }: TryTogetherProps) {
  const id = useId();
  const { field, settled } = useTextToTranslate('A text for all of them together');
  return (
    <section className={css.tryTogether} aria-labelledby={id}>
      <h3 id={id}>Try them together</h3>
      {field}
      <Translated run={run} others={others} text={settled} about=" of all of them together" />
    </section>
  );
}
