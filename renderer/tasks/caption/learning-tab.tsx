// What a writer of captions wrote for three validation images after its epochs, below the images.
import type { RunTabProps } from '../run-tab.ts';
import { LearningTab } from '../translate/learning-tab.tsx';
import { CaptionImage } from './caption-image.tsx';

/** Pixels on the screen. */
const SIZE = 72;

export function CaptionLearningTab({ run }: RunTabProps) {
  return <LearningTab run={run} headOf={(name) => <CaptionImage run={run} name={name} size={SIZE} />} />;
}
