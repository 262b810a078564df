// Inputs and answers of jobs on exports, and on the folder of an exported model.

import type { MetricsFrame } from '../../datasets/frames.ts';
import type { ExportedModel } from '../../results/new-data.ts';
import type { ReportFigure, TrainedOn } from '../../runs/export.ts';
import type { RunDetail, Score } from '../../runs/run.ts';
import type { NewSeries, TrainedModel, VersionJob } from './version.ts';

/** An absolute path. */
export interface ExportedFolder {
  readonly folder: string;
}

export interface ExportedForecastJob extends ExportedFolder {
  readonly series: readonly NewSeries[];
}

export interface DescribedModel {
  readonly model: ExportedModel;
  /** What new data must be like. */
  readonly trainedOn: TrainedOn;
}

export interface ExportJob extends VersionJob {
  readonly model: TrainedModel;
  readonly about: ExportedRun;
  readonly threads: number;
}

export interface ExportTablesJob extends VersionJob {
  readonly model: TrainedModel;
  readonly run: RunDetail;
  readonly steps: MetricsFrame;
  readonly epochs: MetricsFrame;
  readonly format: 'csv' | 'report';
  readonly guardFormulas: boolean;
  readonly figures: readonly ReportFigure[];
  readonly threads: number;
}

/** What the card of an exported model says of its run. */
export interface ExportedRun {
  readonly name: string;
  readonly description: string;
  readonly training: {
    readonly dataset: string;
    readonly datasetVersion: number;
    readonly dataHash: string;
    readonly fingerprint: string | null;
    readonly weightsHash: string | null;
    readonly seed: number;
  };
  readonly trainedOn: TrainedOn;
  readonly scores: Score[];
}

export interface ExportedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly data: Uint8Array;
}
