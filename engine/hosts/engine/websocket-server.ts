// The API over WebSocket, on the loopback address only and only for who knows the token.
import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import { jsonSerializers } from '../../contract/serializers.ts';
import { translateFailures } from '../../services/api-failure.ts';
import type { Log } from '../../services/context.ts';
import type { createRouter } from '../../services/router.ts';

export interface ApiServer {
  readonly port: number;
  /** Clients that are connected now. */
  clients(): number;
  /** Called after each client that leaves. */
  onClientLeft(listener: () => void): void;
  close(): Promise<void>;
}

/** Frames of long series are large; anything beyond this is a mistake. */
const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

export async function serveApi(
  router: ReturnType<typeof createRouter>,
  options: { readonly token: string; readonly log: Log },
): Promise<ApiServer> {
  const http = createServer((_request, response) => response.writeHead(404).end());
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  const handler = new RPCHandler(router, {
    customJsonSerializers: jsonSerializers,
    clientInterceptors: [translateFailures(options.log)],
  });
  let clientLeft: () => void = () => {};
  http.on('upgrade', (request, socket, head) => {
    if (!isAllowed(request, options.token)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      client.on('error', (cause) =>
        options.log({ level: 'warn', message: `a client's socket: ${cause.message}` }),
      );
      client.on('close', () => clientLeft());
      handler
        .upgrade(client)
        .catch((cause: unknown) => options.log({ level: 'error', message: String(cause) }));
    });
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (http.address() as AddressInfo).port,
    clients: () => sockets.clients.size,
    onClientLeft(listener) {
      clientLeft = listener;
    },
    async close() {
      for (const client of sockets.clients) client.terminate();
      await new Promise<void>((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      });
    },
  };
}

/** The token, the loopback name, and no web page: a browser always sends an origin, processes of this API never do. */
function isAllowed({ url, headers }: IncomingMessage, token: string): boolean {
  const given = Buffer.from(new URL(url ?? '/', 'http://127.0.0.1').searchParams.get('token') ?? '');
  const wanted = Buffer.from(token);
  const host = headers.host?.replace(/:\d+$/, '');
  const isLoopback = host === '127.0.0.1' || host === 'localhost';
  return (
    headers.origin === undefined &&
    isLoopback &&
    given.length === wanted.length &&
    timingSafeEqual(given, wanted)
  );
}
