// Child processes of plain Node, behind the services' Worker interface.
import { fork } from 'node:child_process';
import type { Worker, WorkerExit } from '../../services/processes/worker.ts';

/**
 * Starts `entry` with the running Node. Messages travel by structured clone, so typed arrays and bigints arrive as they are.
 * Standard error of the child goes to the parent's log only through messages: the stream itself is passed to `onStderr`.
 */
export function startNodeWorker<In, Out>(entry: string, onStderr: (text: string) => void): Worker<In, Out> {
  const child = fork(entry, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // The parent's flags (a debugger's port, a loader of a test runner) are not the child's.
    // Inside Electron the running program is Electron, which runs as Node only when asked to.
    env: process.versions.electron ? { ...process.env, ELECTRON_RUN_AS_NODE: '1' } : process.env,
    execArgv: entry.endsWith('.ts') ? ['--disable-warning=ExperimentalWarning'] : [],
  });
  let listener: ((message: Out) => void) | undefined;
  const early: Out[] = [];
  child.on('message', (message) => {
    if (listener) listener(message as Out);
    else early.push(message as Out);
  });
  child.stderr?.setEncoding('utf8').on('data', onStderr);
  const exited = new Promise<WorkerExit>((resolve) => {
    // 'close' comes after the last message has been delivered; 'exit' may come before.
    child.once('close', (code, signal) => resolve({ code, signal }));
    // A message that could not be sent is an error too; only a child that never started has no exit of its own.
    child.on('error', () => {
      if (child.pid === undefined) resolve({ code: null, signal: null });
    });
  });
  return {
    pid: child.pid,
    post(message) {
      // A child that is gone is reported by `exited`; the message has no receiver.
      if (child.connected) child.send(message as object, () => {});
    },
    onMessage(next) {
      listener = next;
      for (const message of early.splice(0)) next(message);
    },
    exited,
    kill() {
      child.kill('SIGKILL');
    },
  };
}
