// The services' interface to a child process: messages in, messages out, an end. Hosts provide it (plain Node or Electron).

export interface WorkerExit {
  readonly code: number | null;
  readonly signal: string | null;
  /** Why the host ended it. */
  readonly fault?: string;
}

export interface Worker<In, Out> {
  readonly pid: number | undefined;
  post(message: In): void;
  /** Only one listener; messages that came before it is set are kept. */
  onMessage(listener: (message: Out) => void): void;
  /** Settles once, also when the process could not be started. */
  readonly exited: Promise<WorkerExit>;
  /** Ends the process at once (SIGKILL). */
  kill(): void;
}

/** "exit code 1", "signal SIGKILL" for a sentence. */
export function describeExit(exit: WorkerExit): string {
  if (exit.fault !== undefined) return exit.fault;
  return exit.signal === null ? `exit code ${exit.code ?? 'unknown'}` : `signal ${exit.signal}`;
}
