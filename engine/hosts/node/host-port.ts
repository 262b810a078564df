// The channel from an import or worker process to its host, whichever way the process was started: as a Node child process with
// an IPC channel, or by Electron's utilityProcess.

export interface HostPort<In, Out> {
  /** Resolves when the message has left this process; also when there is no receiver. */
  post(message: Out): Promise<void>;
  onMessage(listener: (message: In) => void): void;
  /** The host is gone. */
  onClose(listener: () => void): void;
}

/** What Electron adds to `process` in a utility process. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
}

function utilityPort<In, Out>(parentPort: ParentPort): HostPort<In, Out> {
  return {
    post: async (message) => parentPort.postMessage(message),
    onMessage: (listener) => parentPort.on('message', ({ data }) => listener(data as In)),
    onClose: (listener) => parentPort.on('close', listener),
  };
}

function childPort<In, Out>(): HostPort<In, Out> {
  return {
    post: (message) =>
      new Promise((resolve) => {
        // A closed channel is reported by `disconnect`, not by the messages that it drops.
        if (process.connected && process.send) process.send(message, undefined, undefined, () => resolve());
        else resolve();
      }),
    onMessage: (listener) => process.on('message', (message) => listener(message as In)),
    onClose: (listener) => {
      // If the host died before there was a listener, no event comes.
      if (process.connected) process.once('disconnect', listener);
      else listener();
    },
  };
}

/** Ends the process where it was not started as a part of Hindcast. */
export function connectToHost<In, Out>(): HostPort<In, Out> {
  // Ctrl-C in a terminal reaches every process of the group: what it means is the host's decision.
  process.on('SIGINT', () => {});
  const { parentPort } = process as unknown as { readonly parentPort?: ParentPort };
  if (parentPort === undefined && process.send === undefined) {
    process.stderr.write('This is a part of Hindcast that `hindcast` starts; it does nothing by itself.\n');
    process.exit(2);
  }
  return parentPort === undefined ? childPort() : utilityPort(parentPort);
}
