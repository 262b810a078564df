// Every baseline of frames, in the order of tables. To add one: its file and a line here.
import { copyLast } from './copy-last.ts';
import type { FrameBaseline } from './frame-baseline.ts';
import { meanFrame } from './mean-frame.ts';

export const FRAME_BASELINES: readonly FrameBaseline[] = [copyLast, meanFrame];
