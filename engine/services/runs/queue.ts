// queue.*: the order of the waiting runs, and how many train at once.

import type { Queue } from '../../contract/runs/run.ts';
import type { RunReference } from '../../contract/values/ids.ts';
import type { EngineContext } from '../context.ts';

export function describeQueue({ workspace, supervisor }: EngineContext): Queue {
  return { limit: supervisor.limit(), running: supervisor.running(), queued: workspace.queue.order() };
}

export function setQueueLimit(context: EngineContext, limit: number): Queue {
  context.supervisor.setLimit(limit);
  return describeQueue(context);
}

export function moveInQueue(context: EngineContext, run: RunReference, position: number): Queue {
  context.supervisor.move(context.workspace.runs.resolve(run), position);
  return describeQueue(context);
}
