// The kinds of tasks by name. A new one is a folder beside forecast and a line here; a schema of engine/contract/tasks without
// such a line does not compile.
import type { z } from 'zod';
import type { TASK_SCHEMAS } from '../contract/tasks/registry.ts';
import { caption } from './caption/caption.ts';
import { classify } from './classify/classify.ts';
import { estimate } from './estimate/estimate.ts';
import { forecast } from './forecast/forecast.ts';
import { generate } from './generate/generate.ts';
import { label } from './label/label.ts';
import { tag } from './tag/tag.ts';
import type { TaskKind } from './task-kind.ts';
import { translate } from './translate/translate.ts';
import { video } from './video/video.ts';

type AnyTask = z.infer<(typeof TASK_SCHEMAS)[number]>;

export const TASKS: { readonly [T in AnyTask as T['kind']]: TaskKind<T> } = {
  forecast,
  classify,
  tag,
  estimate,
  label,
  translate,
  generate,
  video,
  caption,
};
