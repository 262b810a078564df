// Every baseline of captions, in the order of tables. To add one: its file and a line here.
import type { CaptionBaseline } from './caption-baseline.ts';
import { commonestCaption } from './commonest-caption.ts';
import { nearestCaption } from './nearest-caption.ts';

export const CAPTION_BASELINES: readonly CaptionBaseline[] = [commonestCaption, nearestCaption];
