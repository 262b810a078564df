// What a view of the Inside tab is given, and what describes it.
import type { ReactNode } from 'react';
import type { InsideDescription } from '../../../engine/contract/inside/description.ts';
import type { RunDetail } from '../../../engine/contract/runs/run.ts';
import type { TableViewName } from '../../../engine/tables/inside/registry.ts';
import type { ChangeChoice, InsideChoice } from './inside-choice.ts';
import type { Target } from './inside-queries.ts';

export interface InsideViewProps {
  readonly run: RunDetail;
  readonly about: InsideDescription;
  readonly target: Target;
  /** See inside-queries.ts. */
  readonly version: string;
  readonly choice: InsideChoice;
  readonly change: ChangeChoice;
}

export interface InsideViewKind {
  /** In the address. */
  readonly id: string;
  readonly label: string;
  /** The view of the engine (inside.describe) without which it has nothing to show; null: it is about the training, not the model. */
  readonly needs: string | null;
  /** What it is about: one window, whose origin can be chosen, windows of one part, or the training. */
  readonly scope: 'window' | 'part' | 'training';
  /** Views of the API whose numbers it shows: each becomes a CSV file. */
  readonly tables: readonly TableViewName[];
  readonly View: (props: InsideViewProps) => ReactNode;
}
