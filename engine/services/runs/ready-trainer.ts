// A training process that is started while its experiment is still checked, and loads what training needs meanwhile: the run that follows
// begins at once.
import type { FromTrainer, ToTrainer } from '../../contract/processes/trainer.ts';
import type { Worker } from '../processes/worker.ts';

type Trainer = Worker<ToTrainer, FromTrainer>;

export interface ReadyTrainer {
  /** Starts one, where none is ready. */
  prepare(): void;
  /** The one that is ready, or a new one. */
  take(): Trainer;
  /** Ends the one that is ready. */
  drop(): void;
}

export function createReadyTrainer(start: () => Trainer): ReadyTrainer {
  let ready: Trainer | null = null;
  const release = (): Trainer | null => {
    const released = ready;
    ready = null;
    return released;
  };
  return {
    prepare() {
      if (ready !== null) return;
      const trainer = start();
      ready = trainer;
      trainer.post({ type: 'prepare' });
      // One that has died must not be given a run.
      trainer.exited.then(() => {
        if (ready === trainer) ready = null;
      });
    },
    take: () => release() ?? start(),
    drop: () => release()?.kill(),
  };
}
