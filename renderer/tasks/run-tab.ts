// The type of a tab on a run's page.
import type { ReactNode } from 'react';
import type { RunDetail } from '../../engine/contract/runs/run.ts';

export interface RunTabProps {
  readonly run: RunDetail;
}

export interface RunTab {
  /** In the address. */
  readonly id: string;
  readonly label: string;
  /** Where the menu of the run offers it: what it does. */
  readonly action?: string;
  /** It is there only where this holds, and then before every other: what the page opens with. */
  leads?(run: RunDetail): boolean;
  /** Its view begins with the verdict on the run, so that nothing above it has to say how the run compares with the baselines. */
  readonly saysVerdict?: boolean;
  /** It is there only where this holds. */
  suits?(run: RunDetail): boolean;
  readonly View: (props: RunTabProps) => ReactNode;
}
