// The screens of the task `caption`.
import { CAUSAL_FIELDS } from '../../../engine/contract/experiment/model.ts';
import { ReadingTab } from '../../features/inside/reading/reading-tab.tsx';
import type { TaskScreens } from '../task-screens.ts';
import { CaptionsOverlay } from './captions-overlay.tsx';
import { CaptionLearningTab } from './learning-tab.tsx';
import { CaptionResultTab } from './result-tab.tsx';
import { captionName, suggestCaption } from './suggest.ts';
import { CaptionBasics, CaptionDetails } from './task-section.tsx';

export const CAPTION_SCREENS: TaskScreens = {
  title: 'Caption images',
  BasicFields: CaptionBasics,
  DetailFields: CaptionDetails,
  scored: 'image',
  hasTimes: false,
  suits: ({ samples }) => samples?.captions !== undefined,
  models: ['encoder-decoder', 'attention'],
  refusedFields: CAUSAL_FIELDS,
  suggest: suggestCaption,
  nameOf: captionName,
  tabs: [
    {
      id: 'result',
      label: 'Result',
      leads: ({ scores }) => scores.length > 0,
      saysVerdict: true,
      View: CaptionResultTab,
    },
    { id: 'texts', label: 'Learning to write', View: CaptionLearningTab },
    { id: 'inside', label: 'Inside', View: ReadingTab },
  ],
  Overlay: CaptionsOverlay,
};
