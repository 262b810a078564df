// The screens of the task `label`.
import { ReadingTab } from '../../features/inside/reading/reading-tab.tsx';
import type { TaskScreens } from '../task-screens.ts';
import { LabelsOverlay } from './labels-overlay.tsx';
import { LabelResultTab } from './result-tab.tsx';
import { labelName, suggestLabel } from './suggest.ts';
import { LabelBasics, LabelDetails } from './task-section.tsx';

export const LABEL_SCREENS: TaskScreens = {
  title: 'Label each step',
  BasicFields: LabelBasics,
  DetailFields: LabelDetails,
  scored: 'label',
  hasTimes: false,
  suits: ({ samples, columns }) => {
    if (samples) return samples.pairs !== undefined && samples.pairs.aligned !== null;
    const has = (kind: string) => columns.some((column) => column.kind === kind);
    return has('numeric') && has('category');
  },
  models: ['lstm', 'gru', 'rnn', 'attention', 'dense'],
  // The gradient goes back through all steps of its windows.
  refusedFields: { truncateSteps: null },
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
  Overlay: LabelsOverlay,
};
