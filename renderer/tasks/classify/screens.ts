// The screens of the task `classify`.
import { SOLVING_FIELDS } from '../../../engine/contract/experiment/model.ts';
import { ReadingTab } from '../../features/inside/reading/reading-tab.tsx';
import { resultTabOf } from '../result-tab.ts';
import { NewSamplesTab } from '../samples/new-samples-tab.tsx';
import { draftsOf } from '../samples/suggest.ts';
import type { TaskScreens } from '../task-screens.ts';
import { ClassifyResultTab } from './result-tab.tsx';
import { ClassifyBasics, ClassifyDetails } from './task-section.tsx';

export const CLASSIFY_SCREENS: TaskScreens = {
  title: 'Classify',
  BasicFields: ClassifyBasics,
  DetailFields: ClassifyDetails,
  scored: 'sample',
  hasTimes: false,
  refusedFields: SOLVING_FIELDS,
  suits: ({ samples }) =>
    samples === undefined ||
    samples.columns.some(({ name, kind }) => name === samples.label && kind === 'category'),
  ...draftsOf({ kind: 'classify', field: 'task.label' }),
  tabs: [
    resultTabOf(ClassifyResultTab),
    { id: 'inside', label: 'Inside', View: ReadingTab },
    { id: 'new-data', label: 'New data', action: 'Answer new samples', View: NewSamplesTab },
  ],
};
