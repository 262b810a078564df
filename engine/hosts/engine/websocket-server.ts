// WebSockets on the loopback address, each as a channel. Who may come in is decided by whoever opens the door: the rendezvous
// endpoint of a host, and the workbench for the browser.
import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket as WsSocket } from 'ws';
import { HindcastError } from '../../contract/errors.ts';
import type { Log } from '../../services/context.ts';
import { type Channel, type ChannelEnd, createChannel } from './channel.ts';

export interface WebSocketDoor {
  readonly port: number;
  /** Clients that are connected now. */
  clients(): number;
  close(): Promise<void>;
}

export interface WebSocketDoorOptions {
  /** 0 (the default): any that is free. */
  readonly port?: number;
  readonly log: Log;
  allows(request: IncomingMessage): boolean;
  accept(channel: Channel): void;
  /** Plain HTTP; default: 404 for everything. */
  readonly respond?: RequestListener;
}

/** Frames of long series are large; anything beyond this is a mistake. */
const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

/** @throws HindcastError `conflict` when the port is taken. */
export async function openWebSocketDoor(options: WebSocketDoorOptions): Promise<WebSocketDoor> {
  const { port = 0, log, respond } = options;
  const http = createServer(respond ?? ((_request, response) => response.writeHead(404).end()));
  // Of the offered subprotocols only the first is a name; a second one carries the token and is never sent back.
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: (offered) => [...offered][0] ?? false,
  });
  http.on('upgrade', (request, socket, head) => {
    // From here on Node no longer listens for errors of this socket; one without a listener would end the process.
    socket.on('error', () => socket.destroy());
    if (!isAddress(request.url) || !options.allows(request)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => options.accept(channelOf(client, log)));
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', (cause) => reject(cannotListen(port, cause)));
    http.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (http.address() as AddressInfo).port,
    clients: () => sockets.clients.size,
    async close() {
      for (const client of sockets.clients) client.terminate();
      await new Promise<void>((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      });
    },
  };
}

/** What comes before the token must not be able to make the host fall. */
const isAddress = (path: string | undefined): boolean => URL.canParse(path ?? '/', 'http://127.0.0.1');

function channelOf(client: WsSocket, log: Log): Channel {
  const end: ChannelEnd = createChannel({
    send: (message) => client.send(message),
    hangUp: () => client.close(),
  });
  client.on('message', (data, isBinary) => {
    const bytes = data as Buffer; // the default binaryType of ws: one Buffer a message
    end.deliver(isBinary ? bytes : bytes.toString('utf8'));
  });
  client.on('error', (cause) => log({ level: 'warn', message: `a client's socket: ${cause.message}` }));
  client.on('close', () => end.ended());
  return end.channel;
}

function cannotListen(port: number, cause: Error): HindcastError {
  const isTaken = 'code' in cause && cause.code === 'EADDRINUSE';
  const what = isTaken ? 'is taken by another program' : `cannot be used (${cause.message})`;
  return new HindcastError(
    'conflict',
    `Port ${port} of 127.0.0.1 ${what}; choose another one, or leave it out.`,
    { cause, details: { port } },
  );
}

export const sameToken = (given: string, wanted: string): boolean => {
  const [left, right] = [Buffer.from(given), Buffer.from(wanted)];
  return left.length === right.length && timingSafeEqual(left, right);
};

/** The name by which the server was called is a loopback one: a page of elsewhere that points its own name here is refused. */
export const isLoopbackHost = (host: string | undefined): boolean =>
  host !== undefined && /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host);
