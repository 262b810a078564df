// Inputs and answers of jobs on samples and on what classifiers and labellers say of them.

import type { SamplePick } from '../../api/part-request.ts';
import type { Clip, Picture, SampleTable } from '../../datasets/sample-values.ts';
import type { EventFields, SamplePage, SampleRow } from '../../datasets/sample-views.ts';
import type { SamplesInfo } from '../../datasets/samples.ts';
import type { Cell } from '../../results/classify-result.ts';
import type { TagChoice } from '../../results/tagging.ts';
import type { VideoWindow } from '../../results/video.ts';
import type { ForecastViewJob, TrainedModel, VersionJob } from './version.ts';

/** A version of samples, with what is known of them. */
export interface VersionSamples {
  readonly workspacePath: string;
  readonly datasetVersionId: number;
  readonly info: SamplesInfo;
  /** All samples, also those without a label. */
  readonly rows: number;
}

export interface SamplePageJob extends VersionSamples {
  readonly from: number;
  readonly most: number;
  readonly label?: string | undefined;
  readonly names?: readonly string[] | undefined;
}

export interface SampleDifferenceJob {
  readonly workspacePath: string;
  readonly versions: readonly [before: VersionSaid, after: VersionSaid];
}

export interface VersionSaid {
  readonly datasetVersionId: number;
  /** The column of what is said of its samples; null: none. */
  readonly said: string | null;
}

export interface SampleJob extends VersionSamples {
  readonly row: number;
}

export interface UnpackSampleDataJob {
  readonly name: string;
  /** Paths, in the order of its packages. */
  readonly archives: readonly string[];
  /** Where the file is written. */
  readonly folder: string;
}

/** As `WholeSample`, with the bytes themselves. */
export type SampleContent = { readonly isCut: boolean } & (
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'tokens'; readonly items: string[] }
  | { readonly kind: 'audio'; readonly rate: number; readonly wave: Uint8Array }
  | { readonly kind: 'sequence'; readonly channels: number; readonly values: Uint8Array }
  | { readonly kind: 'events'; readonly fields: EventFields; readonly values: Uint8Array }
  | ({ readonly kind: 'picture' } & Picture)
);

/** As `SampleExample`, with the bytes themselves. */
export type ExampleContent = SampleRow & { readonly content: SampleContent };

/** As `SamplePage`, with the bytes themselves. */
export type SamplePageContent = Omit<SamplePage, 'pictures'> & { readonly pictures: Picture | null };

export interface ClassifyResultJob extends ForecastViewJob {
  readonly cell?: Cell | undefined;
  readonly threshold?: number | undefined;
  readonly most: number;
  /** The same for the same answers: those of the last question may be kept. */
  readonly key: string;
  readonly verdict: string;
}

export interface EstimateResultJob extends ForecastViewJob {
  readonly most: number;
  /** The same for the same answers: those of the last question may be kept. */
  readonly key: string;
  readonly verdict: string;
}

export interface TagResultJob extends EstimateResultJob {
  readonly choice?: TagChoice | undefined;
}

export interface ClassifyAnswerJob extends VersionJob {
  readonly model: TrainedModel;
  readonly asked:
    | { readonly kind: 'texts'; readonly texts: readonly string[] }
    | { readonly kind: 'clip'; readonly clip: Clip }
    /** A file as it is. */
    | { readonly kind: 'picture'; readonly file: Uint8Array };
  readonly threads: number;
}

export interface CaptionResultJob extends ForecastViewJob {
  readonly most: number;
  readonly pick: SamplePick;
  /** The same for the same captions: those of the last question may be kept. */
  readonly key: string;
  readonly verdict: string;
}

export interface CaptionWriteJob extends VersionJob {
  readonly model: TrainedModel;
  /** A file as it is. */
  readonly picture: Uint8Array;
  readonly beam: number;
  readonly threads: number;
}

export interface VideoResultJob extends ForecastViewJob {
  readonly most: number;
  /** The same for the same frames: those of the last question may be kept. */
  readonly key: string;
  readonly verdict: string;
}

export interface VideoWindowJob extends ForecastViewJob {
  readonly window: number;
  readonly key: string;
}

/** As `VideoWindow` of contract/results/video.ts, with the bytes themselves. */
export interface VideoWindowContent extends Omit<VideoWindow, 'truth' | 'forecast' | 'copy'> {
  readonly truth: Uint8Array;
  readonly forecast: Uint8Array;
  readonly copy: Uint8Array;
}

export interface NextFramesJob extends VersionJob {
  readonly model: TrainedModel;
  readonly samples: SampleTable;
  readonly threads: number;
}

/** Bytes [ahead, height, width, channels] of each video. */
export interface NextFrames extends Pick<VideoWindow, 'width' | 'height' | 'channels'> {
  readonly ahead: number;
  readonly videos: readonly { readonly name: string; readonly frames: Uint8Array }[];
  /** Videos that have fewer frames than the model reads. */
  readonly short: number;
}

export interface LabelTextsJob extends VersionJob {
  readonly model: TrainedModel;
  readonly texts: readonly string[];
  readonly threads: number;
}

export interface LabelResultJob extends ForecastViewJob {
  readonly most: number;
  readonly pick: SamplePick;
  readonly cell?: Cell | undefined;
  /** The same for the same labels: those of the last question may be kept. */
  readonly key: string;
  readonly verdict: string;
}
