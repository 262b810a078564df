// The interface of a baseline of captions: what a simple method writes for an image.
import type { BaselineInfo } from '../../../contract/runs/catalogue.ts';

export interface CaptionedImage {
  /** As simple methods compare them. */
  readonly pixels: Uint8Array;
  readonly caption: string;
}

/** What is written for an image. */
export type Captioner = (pixels: Uint8Array) => string;

export interface CaptionBaseline extends BaselineInfo {
  learn(train: readonly CaptionedImage[]): Captioner;
}
