// The first tab of a run of samples.
import type { ReactNode } from 'react';
import type { RunTab, RunTabProps } from './run-tab.ts';

export const resultTabOf = (View: (props: RunTabProps) => ReactNode): RunTab => ({
  id: 'result',
  label: 'Result',
  leads: ({ scores }) => scores.length > 0,
  saysVerdict: true,
  View,
});
