// Run as a process of its own: prints the time from the process's start to the end of the first training step.
import { ourStep, startOurs } from './ours.ts';

await startOurs(2);
ourStep({ cell: 'lstm', units: 64, batch: 32, time: 96, features: 7 })();
process.stdout.write(`${performance.now().toFixed(0)}\n`);
process.exit(0);
