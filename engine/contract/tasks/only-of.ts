// Narrows a task to its kind, for what only runs of that kind can do.
import { HindcastError } from '../values/errors.ts';
import type { Task } from './task.ts';

/** `who` ends "Only a ...": `run that translates`. The function throws HindcastError `conflict` for a task of another kind. */
export function onlyOf<Kind extends Task>(kind: Kind['kind'], who: string): (task: Task) => Kind {
  const isOfKind = (task: Task): task is Kind => task.kind === kind;
  return (task) => {
    if (isOfKind(task)) return task;
    const message = `Only a ${who} can do this, but the task of this one is "${task.kind}"; choose another run.`;
    throw new HindcastError('conflict', message, { details: { task: task.kind } });
  };
}
