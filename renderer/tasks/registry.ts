// The screens of each kind of task. A new kind is a folder beside forecast and a line here; a schema of engine/contract/tasks
// without such a line does not compile. A new experiment begins with the first one.
import type { z } from 'zod';
import type { TASK_SCHEMAS } from '../../engine/contract/tasks/registry.ts';
import { CAPTION_SCREENS } from './caption/screens.ts';
import { CLASSIFY_SCREENS } from './classify/screens.ts';
import { ESTIMATE_SCREENS } from './estimate/screens.ts';
import { FORECAST_SCREENS } from './forecast/screens.ts';
import { GENERATE_SCREENS } from './generate/screens.ts';
import { LABEL_SCREENS } from './label/screens.ts';
import { TAG_SCREENS } from './tag/screens.ts';
import type { TaskScreens } from './task-screens.ts';
import { TRANSLATE_SCREENS } from './translate/screens.ts';
import { VIDEO_SCREENS } from './video/screens.ts';

type TaskName = z.infer<(typeof TASK_SCHEMAS)[number]>['kind'];

export const TASK_SCREENS: Readonly<Record<TaskName, TaskScreens>> = {
  forecast: FORECAST_SCREENS,
  classify: CLASSIFY_SCREENS,
  tag: TAG_SCREENS,
  estimate: ESTIMATE_SCREENS,
  label: LABEL_SCREENS,
  translate: TRANSLATE_SCREENS,
  caption: CAPTION_SCREENS,
  video: VIDEO_SCREENS,
  generate: GENERATE_SCREENS,
};
