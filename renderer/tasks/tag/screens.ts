// The screens of the task `tag`.
import type { TaskScreens } from '../task-screens.ts';
import { TagResultTab } from './result-tab.tsx';
import { suggestTag, tagName } from './suggest.ts';
import { TagBasics, TagDetails } from './task-section.tsx';

export const TAG_SCREENS: TaskScreens = {
  title: 'Give samples several labels',
  BasicFields: TagBasics,
  DetailFields: TagDetails,
  examples: 'Training samples',
  hasTimes: false,
  suits: ({ samples }) =>
    samples?.columns.some(({ name, kind }) => name === samples.label && kind === 'labels') ?? false,
  suggest: suggestTag,
  nameOf: tagName,
  tabs: [
    {
      id: 'result',
      label: 'Result',
      leads: ({ scores }) => scores.length > 0,
      saysVerdict: true,
      View: TagResultTab,
    },
  ],
};
