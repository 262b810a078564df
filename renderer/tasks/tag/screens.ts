// The screens of the task `tag`.
import { SOLVING_FIELDS } from '../../../engine/contract/experiment/model.ts';
import { ReadingTab } from '../../features/inside/reading/reading-tab.tsx';
import { resultTabOf } from '../result-tab.ts';
import { NewSamplesTab } from '../samples/new-samples-tab.tsx';
import { draftsOf } from '../samples/suggest.ts';
import type { TaskScreens } from '../task-screens.ts';
import { TagResultTab } from './result-tab.tsx';
import { TagBasics, TagDetails } from './task-section.tsx';

export const TAG_SCREENS: TaskScreens = {
  title: 'Give samples several labels',
  BasicFields: TagBasics,
  DetailFields: TagDetails,
  scored: 'sample',
  hasTimes: false,
  refusedFields: SOLVING_FIELDS,
  suits: ({ samples }) =>
    samples?.columns.some(({ name, kind }) => name === samples.label && kind === 'labels') ?? false,
  ...draftsOf({ kind: 'tag', field: 'task.labels' }),
  tabs: [
    resultTabOf(TagResultTab),
    { id: 'inside', label: 'Inside', View: ReadingTab },
    { id: 'new-data', label: 'New data', action: 'Answer new samples', View: NewSamplesTab },
  ],
};
