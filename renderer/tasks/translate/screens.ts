// The screens of the task `translate`.
import { CAUSAL_FIELDS } from '../../../engine/contract/experiment/model.ts';
import { ReadingTab } from '../../features/inside/reading/reading-tab.tsx';
import type { TaskScreens } from '../task-screens.ts';
import { LearningTab } from './learning-tab.tsx';
import { TranslateResultTab } from './result-tab.tsx';
import { suggestTranslate, translateName } from './suggest.ts';
import { TranslateBasics, TranslateDetails } from './task-section.tsx';
import { TranslationsOverlay } from './translations-overlay.tsx';

export const TRANSLATE_SCREENS: TaskScreens = {
  title: 'Translate texts',
  BasicFields: TranslateBasics,
  DetailFields: TranslateDetails,
  scored: 'text',
  hasTimes: false,
  suits: ({ samples }) => samples?.pairs !== undefined,
  models: ['encoder-decoder', 'attention'],
  refusedFields: CAUSAL_FIELDS,
  suggest: suggestTranslate,
  nameOf: translateName,
  tabs: [
    {
      id: 'result',
      label: 'Result',
      leads: ({ scores }) => scores.length > 0,
      saysVerdict: true,
      View: TranslateResultTab,
    },
    { id: 'texts', label: 'Learning to translate', View: LearningTab },
    { id: 'inside', label: 'Inside', View: ReadingTab },
  ],
  Overlay: TranslationsOverlay,
};
