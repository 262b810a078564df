// The interface of a baseline of frames: what a simple method says of the frames that follow.
import type { BaselineInfo } from '../../../contract/runs/catalogue.ts';

export interface FrameBaseline extends BaselineInfo {
  /** @param given the frames that are read, the last one last. @returns the frame that it says for every step ahead */
  forecast(given: readonly Uint8Array[]): Uint8Array;
}
