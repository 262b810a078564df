// The screens of the task `video`.
import { ReadingTab } from '../../features/inside/reading/reading-tab.tsx';
import type { TaskScreens } from '../task-screens.ts';
import { FramesLearningTab } from './learning-tab.tsx';
import { VideoResultTab } from './result-tab.tsx';
import { StepsOverlay } from './steps-overlay.tsx';
import { suggestVideo, videoName } from './suggest.ts';
import { VideoBasics, VideoDetails } from './task-section.tsx';

export const VIDEO_SCREENS: TaskScreens = {
  title: 'Forecast frames',
  BasicFields: VideoBasics,
  DetailFields: VideoDetails,
  scored: 'window',
  hasTimes: false,
  suits: ({ columns, samples }) => samples !== undefined && columns.some(({ kind }) => kind === 'frames'),
  models: ['lstm', 'gru', 'rnn'],
  // The gradient goes back through all steps of its windows, and no model sees what comes next.
  refusedFields: { truncateSteps: null, bidirectional: false },
  suggest: suggestVideo,
  nameOf: videoName,
  tabs: [
    {
      id: 'result',
      label: 'Result',
      leads: ({ scores }) => scores.length > 0,
      saysVerdict: true,
      View: VideoResultTab,
    },
    { id: 'frames', label: 'Learning to forecast', View: FramesLearningTab },
    { id: 'inside', label: 'Inside', View: ReadingTab },
  ],
  Overlay: StepsOverlay,
};
