// The MessagePort transport: between a window and the engine's process, without a socket.
// The messages are the same bytes as over a WebSocket, so nested NaN, infinities and frames arrive as they were.
import { RPCLink } from '@orpc/client/message-port';
import { jsonSerializers } from '../contract/api/serializers.ts';
import type { Transport } from './link.ts';

/** Electron's MessagePortMain, which the main process has instead. */
interface MainPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
}

/**
 * Takes over `port`. A closed port answers nothing and often does not even say so: a caller that knows of other signs that the engine is
 * gone passes `lost`, a promise that settles then.
 */
export function openMessagePort(port: MessagePort | MainPort, lost?: Promise<unknown>): Transport {
  const closed = Promise.withResolvers<void>();
  const close = () => {
    port.close();
    closed.resolve();
  };
  if ('on' in port) port.on('close', close);
  else port.addEventListener('close', close, { once: true });
  lost?.then(close, close);
  const link = new RPCLink({ port: port as MessagePort, customJsonSerializers: jsonSerializers });
  // Listeners are there: what came early is delivered now.
  port.start();
  return { link, closed: closed.promise, close };
}
