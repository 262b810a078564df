// What a model of samples reads step by step, and what it answers: what a look inside it asks of its task.
import type { Tensor3D } from '@tensorflow/tfjs-core';
import type { Part } from '../data/prepared.ts';
import type { Picture } from '../data/samples/sample-table.ts';
import type { ParameterSpec, WeightLookup } from '../models/parameters.ts';
import type { Pass } from '../models/pass.ts';

/** Numbers of tokens [steps], or numbers [steps, channels]. 0 says nothing: the unknown token, or the mean of the training part. */
export type StepValues = Int32Array | Float32Array;

export interface ReadSample {
  readonly name: string;
  /** Its class; null where it has none, or an unknown one. */
  readonly truth: string | null;
  readonly values: StepValues;
  readonly steps: number;
  /** Steps that the whole sample has, and how many of them lie before these. */
  readonly length: number;
  readonly before: number;
  /** What is read at each step, of a text. */
  readonly labels: readonly string[] | null;
  /** Index of the true answer of each step, where every step is answered; -1 where it is not known. */
  readonly next: Int32Array | null;
  /** Of a translator: steps of the text that is read; those of the one that is written follow, and they alone are answered. */
  readonly source?: number | undefined;
  /** Texts that are read beside it, such as captions of similar images. */
  readonly hints?: Int32Array | undefined;
  /** Of a model of pictures: those that are read, and the true ones after them. */
  readonly pictures?: ReadPictures | undefined;
}

export interface ReadPictures {
  readonly read: readonly NamedPicture[];
  readonly after: readonly NamedPicture[];
}

export interface NamedPicture {
  readonly name: string;
  /** [height, width, channels] */
  readonly pixels: Uint8Array;
}

/** What a look at single pixels asks of a model of pictures. */
export interface PictureReadings {
  readonly form: Omit<Picture, 'pixels'>;
  /** Of each number that is read, all steps one after the other: which number of which picture it is, counted through all of them. */
  readonly places: Int32Array;
  /** The same as `answer` of one sample, from what is read as a tensor [batch, steps, features]. */
  answerTo(read: Tensor3D, weight: WeightLookup, pass: Pass, sample: ReadSample): Tensor3D;
  /** The pictures that the model says; absent where it says none. */
  said?(sample: ReadSample, weight: WeightLookup): readonly NamedPicture[];
}

/** What of a sample goes with every change of its values. */
export type ReadBeside = Pick<ReadSample, 'source' | 'hints'>;

export interface SampleRequest {
  readonly part: Part;
  /** Among the samples of the part. */
  readonly index: number;
  readonly from: number;
  readonly most: number;
}

/** What a number of an answer is. */
export interface AnswerScale {
  readonly name: 'share' | 'label' | 'value';
  /** A share, or a value in the units of the data. */
  shown(answer: number): number;
  /** Of one choice among its answers, what falls where a step that speaks for it is hidden: the log odds, or the value itself. */
  measured(answers: Float32Array, choice: number): number;
}

export interface SampleReadings {
  readonly scale: AnswerScale;
  readonly specs: readonly ParameterSpec[];
  /** Numbers that the body reads at each step. */
  readonly features: number;
  /** `characters`, `words`, `steps` ... */
  readonly unit: string;
  /** Of numbers at each step: their names; empty of tokens. */
  readonly channels: readonly string[];
  /** Seconds from one step to the next, of a recording. */
  readonly stepSeconds: number | null;
  /** Classes of the answer; of a model that says what comes next, its tokens. */
  readonly choices: readonly string[];
  /**
   * What is answered: the sample as a whole; at each step what comes after it; what the step is, which later steps may help to tell; or
   * values of the frame that is forecast at a step.
   */
  readonly answers: 'sample' | 'next' | 'label' | 'frame';
  readonly samples: Readonly<Record<Part, number>>;
  sample(request: SampleRequest): ReadSample;
  /** Steps that training's gradient goes back at most; absent where it goes back to the beginning, or the model cuts it off itself. */
  readonly reach?: number | undefined;
  /** It reads one text and writes another: a sample is both, one behind the other. */
  readonly translator?:
    | {
        readonly bidirectional: boolean;
        /** What is written does not come back: the decoder reads the last step of what was read again and again. */
        readonly repeatsLast?: boolean | undefined;
      }
    | undefined;
  readonly pictures?: PictureReadings | undefined;
  /**
   * Of a text that is typed in; absent where the model reads none. A translator writes its answer with the weights.
   * @throws HindcastError `invalid-input` for what it cannot read
   */
  readonly ofText?: ((text: string, weight: WeightLookup) => ReadSample) | undefined;
  /**
   * Answers on the scale [batch, 1 or time, choices], of shares their logarithms, differentiable in the weights; shorter samples are padded
   * under a mask.
   * @param beside of the sample that all of them are changes of
   */
  answer(values: readonly StepValues[], weight: WeightLookup, pass: Pass, beside: ReadBeside): Tensor3D;
}
