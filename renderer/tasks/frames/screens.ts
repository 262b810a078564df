// The screens of the task `frames`.
import type { TaskScreens } from '../task-screens.ts';
import { FramesResultTab } from './result-tab.tsx';
import { StepsOverlay } from './steps-overlay.tsx';
import { framesName, suggestFrames } from './suggest.ts';
import { FramesBasics, FramesDetails } from './task-section.tsx';

export const FRAMES_SCREENS: TaskScreens = {
  title: 'Forecast frames of videos',
  BasicFields: FramesBasics,
  DetailFields: FramesDetails,
  examples: 'Training windows',
  hasTimes: false,
  suits: ({ columns, samples }) => samples !== undefined && columns.some(({ kind }) => kind === 'frames'),
  suggest: suggestFrames,
  nameOf: framesName,
  tabs: [
    {
      id: 'result',
      label: 'Result',
      leads: ({ scores }) => scores.length > 0,
      saysVerdict: true,
      View: FramesResultTab,
    },
  ],
  Overlay: StepsOverlay,
};
