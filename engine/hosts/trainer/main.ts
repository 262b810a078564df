// Entry of a training process: a forked Node process that does one job and ends.
import { constants, setPriority } from 'node:os';
import type { FromTrainer, ToTrainer } from '../../contract/processes/trainer.ts';
import { openSeriesSource } from '../../store/series-source.ts';
import { connectToHost } from '../node/host-port.ts';
import { serveTrainer } from './trainer.ts';

// Training takes the time that windows and the engine leave.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const port = connectToHost<ToTrainer, FromTrainer>();
// However the host went, nobody is left to store what this process computes.
port.onClose(() => process.exit(1));

await serveTrainer({
  port,
  openSource: openSeriesSource,
  now: () => performance.now(),
});
// The threads of the kernels would keep the process alive.
process.exit(0);
