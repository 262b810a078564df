// The screens of the task `classify`.
import type { TaskScreens } from '../task-screens.ts';
import { classifyName, suggestClassify } from './suggest.ts';
import { ClassifyBasics, ClassifyDetails } from './task-section.tsx';

export const CLASSIFY_SCREENS: TaskScreens = {
  title: 'Classify samples',
  BasicFields: ClassifyBasics,
  DetailFields: ClassifyDetails,
  suits: ({ samples }) => samples !== undefined && samples.label !== null,
  suggest: suggestClassify,
  nameOf: classifyName,
  tabs: [],
};
