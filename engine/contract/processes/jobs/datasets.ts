// Inputs and answers of jobs on the data itself: charts, rows, statistics, analyses, differences, the size of a draft.

import type { AnalysisName, ExploreOptions } from '../../datasets/explore.ts';
import type { ExperimentCheck } from '../../datasets/views.ts';

/** What training a draft takes, without the time: that is judged by earlier runs. */
export interface DraftSize extends Omit<NonNullable<ExperimentCheck['estimate']>, 'seconds' | 'judgedBy'> {
  /** Multiplications and additions. */
  readonly workPerEpoch: number;
}

/** Numeric columns of one series between two times, as ChartRequest of the API has them. */
export interface ChartJob {
  readonly workspacePath: string;
  readonly datasetVersionId: number;
  readonly series: string;
  readonly columns: readonly string[];
  readonly range: {
    readonly fromUs?: number | undefined;
    readonly toUs?: number | undefined;
    readonly points: number;
  };
}

export interface StatisticsJob {
  readonly workspacePath: string;
  readonly datasetVersionId: number;
  readonly series: string;
  /** Numeric ones. */
  readonly columns: readonly string[];
}

export interface ExploreJob extends StatisticsJob {
  readonly analysis: AnalysisName;
  readonly options: ExploreOptions;
}

export interface RowsJob extends Omit<StatisticsJob, 'columns'> {
  readonly columns: readonly { readonly name: string; readonly categories: readonly string[] | null }[];
  readonly filter: string;
  /** The first row at this time or after it; else the one with the number `from` of those that match. */
  readonly fromUs?: number | undefined;
  readonly from: number;
  readonly count: number;
}

/** Rows that an import set aside, as it packed them. */
export interface SetAsideJob {
  /** gzip of CSV. */
  readonly packed: Uint8Array;
  readonly guardFormulas: boolean;
  /** Said where the rows are damaged. */
  readonly workspacePath: string;
  readonly dataset: string;
}

export interface DifferenceJob {
  readonly workspacePath: string;
  /** Ids of versions. */
  readonly before: number;
  readonly after: number;
}
