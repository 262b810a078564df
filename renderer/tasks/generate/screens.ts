// The screens of the task `generate`.
import { isReadAsTokens } from '../../../engine/contract/datasets/samples.ts';
import { ReadingTab } from '../../features/inside/reading/reading-tab.tsx';
import type { TaskScreens } from '../task-screens.ts';
import { GenerateTab } from './generate-tab.tsx';
import { SamplesTab } from './samples-tab.tsx';
import { generateName, suggestGenerate } from './suggest.ts';
import { GenerateBasics, GenerateDetails } from './task-section.tsx';
import { TextsOverlay } from './texts-overlay.tsx';

export const GENERATE_SCREENS: TaskScreens = {
  title: 'Generate text',
  BasicFields: GenerateBasics,
  DetailFields: GenerateDetails,
  scored: 'token',
  hasTimes: false,
  suits: ({ samples }) => samples?.columns.some(isReadAsTokens) ?? false,
  models: ['lstm', 'gru', 'rnn', 'attention'],
  // The gradient goes back through all steps of its windows, and no model sees what comes next.
  refusedFields: { truncateSteps: null, bidirectional: false, causal: true },
  suggest: suggestGenerate,
  nameOf: generateName,
  tabs: [
    { id: 'generate', label: 'Generate', View: GenerateTab },
    { id: 'texts', label: 'Learning to write', View: SamplesTab },
    { id: 'inside', label: 'Inside', View: ReadingTab },
  ],
  Overlay: TextsOverlay,
};
