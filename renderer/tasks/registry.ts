// What each kind of task looks like. A new one is a folder beside forecast and a line here; a schema of engine/contract/tasks without
// one does not compile. The first is what a new experiment begins with.
import type { z } from 'zod';
import type { TASK_SCHEMAS } from '../../engine/contract/tasks/registry.ts';
import { FORECAST_SCREENS } from './forecast/screens.ts';
import type { TaskScreens } from './task-screens.ts';

type TaskName = z.infer<(typeof TASK_SCHEMAS)[number]>['kind'];

export const TASK_SCREENS: Readonly<Record<TaskName, TaskScreens>> = { forecast: FORECAST_SCREENS };
