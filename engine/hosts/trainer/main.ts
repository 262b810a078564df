// Entry of a training process: a forked Node process that does one job and ends.
import { openSeriesSource } from '../../store/series-source.ts';
import { parentProcessPort } from './port.ts';
import { serveTrainer } from './trainer.ts';

await serveTrainer({
  port: parentProcessPort(process),
  openSource: openSeriesSource,
  now: () => performance.now(),
});
// The threads of the kernels would keep the process alive.
process.exit(0);
