// Samples in memory: in processes that train and answer, and in messages to them.
import type { GivenPart } from './samples.ts';

export interface SampleTable {
  readonly rows: number;
  /** [rows] each; group and part are empty where there is none. */
  readonly names: readonly string[];
  readonly groups: readonly string[];
  readonly parts: readonly (GivenPart | '')[];
  /** SHA-256 of the inputs, hex: equal inputs have equal ones. */
  readonly hashes: readonly string[];
  readonly columns: readonly SampleValues[];
}

export type SampleValues =
  | { readonly name: string; readonly kind: 'text'; readonly texts: readonly string[] }
  | {
      readonly name: string;
      readonly kind: 'tokens';
      /** [rows] the items of each in order; none where missing. */
      readonly lists: readonly (readonly string[])[];
    }
  | {
      readonly name: string;
      readonly kind: 'category';
      /** [rows] codes; NaN where missing. */
      readonly codes: Float64Array;
      readonly categories: readonly string[];
    }
  | {
      readonly name: string;
      readonly kind: 'labels';
      /** [rows] codes of the labels of each, rising. */
      readonly sets: readonly (readonly number[])[];
      readonly labels: readonly string[];
    }
  | { readonly name: string; readonly kind: 'numeric'; readonly values: Float64Array }
  | { readonly name: string; readonly kind: 'sequence'; readonly sequences: readonly NumberRows[] }
  | {
      readonly name: string;
      readonly kind: 'events';
      readonly fields: readonly EventField[];
      /** [events, 1 + fields] of each: its time, from the first one on, and its fields; NaN where missing, of words their codes. */
      readonly events: readonly NumberRows[];
    }
  | { readonly name: string; readonly kind: 'audio'; readonly clips: readonly Clip[] }
  | PictureValues;

/** An \`image\` has one frame, \`frames\` have several; all of a column are of one size. */
export interface PictureValues {
  readonly name: string;
  readonly kind: 'image' | 'frames';
  readonly pictures: readonly Picture[];
}

/** What events say beside their time: numbers, or words. */
export interface EventField {
  readonly name: string;
  /** In order of code; null: numbers. */
  readonly categories: readonly string[] | null;
}

/** Numbers of several channels, step by step. */
export interface NumberRows {
  readonly channels: number;
  /** [steps, channels] */
  readonly values: Float32Array;
}

export interface Clip {
  /** Samples a second. */
  readonly rate: number;
  /** One channel. */
  readonly wave: Int16Array;
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** 1: grey; 3: red, green, blue. */
  readonly channels: number;
  /** [frames, height, width, channels], 0 to 255 */
  readonly pixels: Uint8Array;
}
