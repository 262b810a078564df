// The interface of a task's screens: everything that is shown for one kind of task only.
import type { ReactNode } from 'react';
import type { DatasetSummary } from '../../engine/contract/datasets/dataset.ts';
import type { Model } from '../../engine/contract/experiment/model.ts';
import type { RunSummary } from '../../engine/contract/runs/run.ts';
import type { RunLook } from '../features/compare/run-look.ts';
import type { Draft } from '../features/design/draft.ts';
import type { RunTab, RunTabProps } from './run-tab.ts';

export interface TaskScreens {
  /** Its name in the form. */
  readonly title: string;
  /** In the form of an experiment, at its first level: what is predicted. */
  readonly BasicFields: () => ReactNode;
  /** Folded below: from what it is predicted, and what counts as an error. */
  readonly DetailFields: () => ReactNode;
  /** Whether it can be learned from such data. */
  suits(dataset: DatasetSummary): boolean;
  /** One of what its scores are counted over. */
  readonly scored: string;
  /** Whether its examples lie in time, so that it can be trained at several times of the past. */
  readonly hasTimes: boolean;
  /** Kinds of models that can learn it. Default: all of them. */
  readonly models?: readonly Model['kind'][];
  /** Fields of models that its runs refuse unless they have these defaults, and that are not offered. */
  readonly refusedFields?: Readonly<Record<string, unknown>>;
  /** A first experiment on that dataset. */
  suggest(dataset: DatasetSummary): Draft;
  /** What runs of that draft are called as long as the user gives no name: what is predicted, and the model. */
  nameOf(draft: Draft): string;
  /** Between the curves of a run and its scores. */
  readonly tabs: readonly RunTab[];
  /** Below the table of scores. */
  readonly ScoreCharts?: (props: RunTabProps & { readonly part: 'test' | 'validation' }) => ReactNode;
  /** What runs predicted, side by side. */
  readonly Overlay?: (props: OverlayProps) => ReactNode;
}

export interface OverlayProps {
  readonly runs: readonly RunSummary[];
  /** Of their lines, by their numbers; those of a study have one. */
  readonly looks: ReadonlyMap<number, RunLook>;
}
