// A worker process whose messages are validated before anything uses them.
import type { z } from 'zod';
import {
  FromImporterSchema,
  FromTrainerSchema,
  JobReplySchema,
} from '../../contract/processes/from-workers.ts';
import type { HostFacilities } from '../host-facilities.ts';
import type { Worker, WorkerExit } from './worker.ts';

/** A message of another form, or one that its listener cannot take, ends the process; `exited` then says why. */
export function checkedWorker<In, Out>(worker: Worker<In, Out>, schema: z.ZodType<Out>): Worker<In, Out> {
  let fault: string | undefined;
  const end = (why: string): void => {
    fault = why;
    worker.kill();
  };
  return {
    pid: worker.pid,
    post: worker.post,
    onMessage(listener) {
      worker.onMessage((message) => {
        if (fault !== undefined) return;
        const { success, error } = schema.safeParse(message);
        if (!success) {
          const [issue] = error.issues;
          end(
            `it sent a message that makes no sense: ${issue?.path.join('.') || 'message'}: ${issue?.message}`,
          );
          return;
        }
        try {
          listener(message);
        } catch (cause) {
          end(`its message could not be taken: ${cause instanceof Error ? cause.message : String(cause)}`);
        }
      });
    },
    exited: worker.exited.then((exit): WorkerExit => (fault === undefined ? exit : { ...exit, fault })),
    kill: worker.kill,
  };
}

type Starters = Pick<HostFacilities, 'startTrainer' | 'startJobProcess' | 'startImporter'>;

/** The same facilities; every process that they start is checked. */
export function withCheckedWorkers<Facilities extends Starters>(facilities: Facilities): Facilities {
  return {
    ...facilities,
    startTrainer: () => checkedWorker(facilities.startTrainer(), FromTrainerSchema),
    startJobProcess: () => checkedWorker(facilities.startJobProcess(), JobReplySchema),
    startImporter: () => checkedWorker(facilities.startImporter(), FromImporterSchema),
  };
}
