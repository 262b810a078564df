// The WebSocket transport, the same in Node and in the browser.
import { RPCLink } from '@orpc/client/websocket';
import { requireCallSize } from '../contract/api/message-limit.ts';
import { jsonSerializers } from '../contract/api/serializers.ts';
import { HindcastError } from '../contract/values/errors.ts';
import type { Transport } from './link.ts';

const PATIENCE_MS = 5_000;

/** @throws HindcastError `workspace-unreachable` when nothing answers at the address or lets this client in. */
export async function openWebSocket(address: string): Promise<Transport> {
  const socket = new WebSocket(address);
  socket.binaryType = 'arraybuffer';
  const closed = Promise.withResolvers<void>();
  const patience = setTimeout(() => socket.close(), PATIENCE_MS);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('close', () => {
      clearTimeout(patience);
      closed.resolve();
      reject(
        new HindcastError('workspace-unreachable', 'The engine that hosts the workspace does not answer.'),
      );
    });
  });
  clearTimeout(patience);
  const send = socket.send.bind(socket);
  socket.send = (message) => {
    requireCallSize(message);
    send(message);
  };
  return {
    link: new RPCLink({ websocket: socket, customJsonSerializers: jsonSerializers }),
    closed: closed.promise,
    async close() {
      socket.close();
      await closed.promise;
    },
  };
}
