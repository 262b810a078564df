// The line between a training process and its host, as small as it can be: a child process has one, later Electron's utility
// process, and tests make one of two functions.
import type { FromTrainer, ToTrainer } from './protocol.ts';

export interface TrainerPort {
  /** Settles when the message has left this process. */
  post(message: FromTrainer): Promise<void>;
  /** One listener; it gets every message from then on. */
  onMessage(listener: (message: ToTrainer) => void): void;
}

/**
 * The IPC channel of a forked Node process. When the parent is gone, however it went, this process ends at once: nobody is left
 * to store what it computes.
 */
export function parentProcessPort(child: NodeJS.Process): TrainerPort {
  const send = child.send?.bind(child);
  if (!send) {
    child.stderr.write(
      'This module is a part of Hindcast that `hindcast train` starts; it does nothing by itself.\n',
    );
    child.exit(2);
  }
  child.on('disconnect', () => child.exit(1));
  return {
    post: (message) =>
      new Promise((resolve, reject) => {
        send(message, undefined, undefined, (error) => (error ? reject(error) : resolve()));
      }),
    onMessage: (listener) => child.on('message', (message) => listener(message as ToTrainer)),
  };
}
