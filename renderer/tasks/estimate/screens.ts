// The screens of the task `estimate`.
import { SOLVING_FIELDS } from '../../../engine/contract/experiment/model.ts';
import { ReadingTab } from '../../features/inside/reading/reading-tab.tsx';
import { resultTabOf } from '../result-tab.ts';
import { NewSamplesTab } from '../samples/new-samples-tab.tsx';
import { draftsOf } from '../samples/suggest.ts';
import type { TaskScreens } from '../task-screens.ts';
import { EstimateResultTab } from './result-tab.tsx';
import { EstimateBasics, EstimateDetails } from './task-section.tsx';

export const ESTIMATE_SCREENS: TaskScreens = {
  title: 'Estimate a number of samples',
  BasicFields: EstimateBasics,
  DetailFields: EstimateDetails,
  scored: 'sample',
  hasTimes: false,
  refusedFields: SOLVING_FIELDS,
  suits: ({ samples }) =>
    samples?.columns.some(({ name, kind }) => kind === 'numeric' && name !== samples.input) ?? false,
  ...draftsOf({ kind: 'estimate', field: 'task.value' }),
  tabs: [
    resultTabOf(EstimateResultTab),
    { id: 'inside', label: 'Inside', View: ReadingTab },
    { id: 'new-data', label: 'New data', action: 'Answer new samples', View: NewSamplesTab },
  ],
};
