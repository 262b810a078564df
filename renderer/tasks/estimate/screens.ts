// The screens of the task `estimate`.
import type { TaskScreens } from '../task-screens.ts';
import { EstimateResultTab } from './result-tab.tsx';
import { estimateName, suggestEstimate } from './suggest.ts';
import { EstimateBasics, EstimateDetails } from './task-section.tsx';

export const ESTIMATE_SCREENS: TaskScreens = {
  title: 'Estimate a number of samples',
  BasicFields: EstimateBasics,
  DetailFields: EstimateDetails,
  examples: 'Training samples',
  hasTimes: false,
  suits: ({ samples }) =>
    samples?.columns.some(({ name, kind }) => kind === 'numeric' && name !== samples.input) ?? false,
  suggest: suggestEstimate,
  nameOf: estimateName,
  tabs: [
    {
      id: 'result',
      label: 'Result',
      leads: ({ scores }) => scores.length > 0,
      saysVerdict: true,
      View: EstimateResultTab,
    },
  ],
};
