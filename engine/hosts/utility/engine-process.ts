// The engine process as seen by the process that started it, on Electron or on Node.

import { HindcastError } from '../../contract/values/errors.ts';
import type { Channel } from '../engine/channel.ts';
import { type FromEngine, FromEngineSchema, type ToEngine } from './protocol.ts';

export interface EngineProcess<Port extends Channel = Channel> {
  readonly pid: number | undefined;
  /** Gives the engine one end of a line; the other end speaks the API. */
  connect(port: Port): void;
  /** Settles when the workspace is open; rejects with the engine's reason, or `process-died`. */
  readonly opened: Promise<void>;
  readonly exited: Promise<{ readonly code: number | null }>;
  /** Asks it to end its runs with a checkpoint and to leave; kills it after `graceMs`. */
  close(graceMs: number): Promise<void>;
  kill(): void;
}

/** One way to run the engine: how messages get there, and how ports do. */
export interface EngineCarrier<Port extends Channel> {
  readonly pid: () => number | undefined;
  post(message: ToEngine): void;
  connect(port: Port, channel: number): void;
  /** What is no news of the workspace: relayed messages of channels. */
  onRelayed?(message: FromEngine): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
}

export function engineProcess<Port extends Channel>(carrier: EngineCarrier<Port>): EngineProcess<Port> {
  const opened = Promise.withResolvers<void>();
  const exited = Promise.withResolvers<{ readonly code: number | null }>();
  let channels = 0;
  // A caller that does not await this learns of it from `exited`.
  opened.promise.catch(() => {});
  carrier.onMessage((raw) => {
    const parsed = FromEngineSchema.safeParse(raw);
    if (!parsed.success) return;
    const message = parsed.data;
    if (message.type === 'opened') opened.resolve();
    else if (message.type === 'failed') opened.reject(HindcastError.fromData(message.error));
    else carrier.onRelayed?.(message);
  });
  carrier.onExit((code) => {
    const how = code === null ? 'was killed' : `ended with code ${code}`;
    opened.reject(
      new HindcastError('process-died', `The engine's process ${how} before it had opened the workspace.`),
    );
    exited.resolve({ code });
  });
  return {
    get pid() {
      return carrier.pid();
    },
    connect(port) {
      channels += 1;
      carrier.connect(port, channels);
    },
    opened: opened.promise,
    exited: exited.promise,
    async close(graceMs) {
      const timer = setTimeout(carrier.kill, graceMs);
      carrier.post({ type: 'close' });
      await exited.promise;
      clearTimeout(timer);
    },
    kill: carrier.kill,
  };
}
