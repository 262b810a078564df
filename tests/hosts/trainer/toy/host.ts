// A host with a worker process that spins: `toy/host.ts WORKER`. The worker says on the host's own output that it does.
import { fork } from 'node:child_process';

const worker = fork(process.argv[2]!, [], {
  serialization: 'advanced',
  stdio: ['ignore', 'inherit', 'ignore', 'ipc'],
});
const limited = { what: 'The toy', idleSeconds: 3_600, megabytes: 10_000, remedy: 'play with another' };
worker.send({ type: 'job', id: 1, name: 'limited', input: 'spin', limited });
