// Inputs and answers of jobs that write: texts of language models, their music, and translations.

import type { SamplePick } from '../../api/part-request.ts';
import type { Music, WritingOptions } from '../../results/generation.ts';
import type { TranslatingOptions } from '../../results/translation.ts';
import type { EnsembleMemberJob } from './ensemble.ts';
import type { ForecastViewJob, TrainedModel, VersionJob } from './version.ts';

export interface WriteTextJob extends VersionJob {
  readonly model: TrainedModel;
  readonly options: WritingOptions;
  /** Tokens before the piece, and tokens of it. */
  readonly from: number;
  readonly count: number;
  /** The same for the same text: the one that was written last stays open. */
  readonly key: string;
  readonly threads: number;
}

export interface MusicJob {
  readonly text: string;
  readonly hasWave: boolean;
}

/** As `Music` of contract/results/generation.ts, with the bytes themselves. */
export interface WrittenMusic extends Pick<Music, 'seconds' | 'notes'> {
  readonly midi: Uint8Array;
  readonly wave: Uint8Array | null;
}

export interface TranslateTextsJob extends EnsembleMemberJob {
  /** They write together with it. */
  readonly others: readonly EnsembleMemberJob[];
  readonly texts: readonly string[];
  readonly options: TranslatingOptions;
  readonly threads: number;
}

export interface TranslationResultJob extends ForecastViewJob {
  readonly most: number;
  readonly pick: SamplePick;
  /** The same for the same texts: those of the last question may be kept. */
  readonly key: string;
  readonly verdict: string;
}
