// Entry of a training process: a forked Node process that does one job and ends.
import { constants, setPriority } from 'node:os';
import { openSeriesSource } from '../../store/series-source.ts';
import { parentProcessPort } from './port.ts';
import { serveTrainer } from './trainer.ts';

// Ctrl+C in a terminal reaches every process of the group: the host decides what it means, and stops the training with a checkpoint.
process.on('SIGINT', () => {});

// Training takes the time that windows and the engine leave.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

await serveTrainer({
  port: parentProcessPort(process),
  openSource: openSeriesSource,
  now: () => performance.now(),
});
// The threads of the kernels would keep the process alive.
process.exit(0);
