// The screens of the task `label`.
import { ReadingTab } from '../../features/inside/reading/reading-tab.tsx';
import type { TaskScreens } from '../task-screens.ts';
import { LabelResultTab } from './result-tab.tsx';
import { labelName, suggestLabel } from './suggest.ts';
import { LabelBasics, LabelDetails } from './task-section.tsx';

export const LABEL_SCREENS: TaskScreens = {
  title: 'Label each word or letter',
  BasicFields: LabelBasics,
  DetailFields: LabelDetails,
  examples: 'Training texts',
  hasTimes: false,
  suits: ({ samples }) => samples?.pairs !== undefined && samples.pairs.aligned !== null,
  suggest: suggestLabel,
  nameOf: labelName,
  tabs: [
    {
      id: 'result',
      label: 'Result',
      leads: ({ scores }) => scores.length > 0,
      saysVerdict: true,
      View: LabelResultTab,
    },
    { id: 'inside', label: 'Inside', View: ReadingTab },
  ],
};
