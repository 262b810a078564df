// The screens of the task `classify`.
import { ReadingTab } from '../../features/inside/reading/reading-tab.tsx';
import type { TaskScreens } from '../task-screens.ts';
import { ClassifyResultTab } from './result-tab.tsx';
import { classifyName, suggestClassify } from './suggest.ts';
import { ClassifyBasics, ClassifyDetails } from './task-section.tsx';

export const CLASSIFY_SCREENS: TaskScreens = {
  title: 'Classify samples',
  BasicFields: ClassifyBasics,
  DetailFields: ClassifyDetails,
  examples: 'Training samples',
  hasTimes: false,
  suits: ({ samples }) =>
    samples === undefined ||
    samples.columns.some(({ name, kind }) => name === samples.label && kind === 'category'),
  suggest: suggestClassify,
  nameOf: classifyName,
  tabs: [
    {
      id: 'result',
      label: 'Result',
      leads: ({ scores }) => scores.length > 0,
      saysVerdict: true,
      View: ClassifyResultTab,
    },
    { id: 'inside', label: 'Inside', View: ReadingTab },
  ],
};
