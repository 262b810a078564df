// What each way to try a model of samples is given.
import type { ReactNode } from 'react';
import type { RunDetail } from '../../../engine/contract/runs/run.ts';
import type { AnswersProps } from './answers.tsx';

export interface TriedProps {
  readonly run: RunDetail;
  /** What the model says. */
  readonly Shown: (props: AnswersProps) => ReactNode;
}
