// WebSockets on the loopback address, each one a channel. The caller decides which clients may connect: the rendezvous endpoint
// of a host, or the workbench for the browser.
import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket as WsSocket } from 'ws';
import { MOST_CALL_BYTES } from '../../contract/api/message-limit.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { Log } from '../../services/context.ts';
import { type Channel, type ChannelEnd, type ChannelMessage, createChannel } from './channel.ts';
import { keepHeartbeat } from './heartbeat.ts';

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
  accept(channel: Channel, request: IncomingMessage): void;
  /** How often each client must show that it still reads; default: 15 s. */
  readonly heartbeatMs?: number;
  /** Plain HTTP; default: 404 for everything. */
  readonly respond?: RequestListener;
}

/** Not by an import, which would evaluate every export at the start of a process, Node's own HTTP client among them: 25 ms. */
const { createServer } = process.getBuiltinModule('node:http');

/** @throws HindcastError `conflict` when the port is taken. */
export async function openWebSocketDoor(options: WebSocketDoorOptions): Promise<WebSocketDoor> {
  const { port = 0, log, respond } = options;
  const http = createServer(respond ?? ((_request, response) => response.writeHead(404).end()));
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_CALL_BYTES });
  http.on('upgrade', (request, socket, head) => {
    // From here on Node no longer listens for errors of this socket; one without a listener would end the process.
    socket.on('error', () => socket.destroy());
    if (!isAddress(request.url) || !options.allows(request)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => options.accept(channelOf(client, log), request));
  });
  const stopHeartbeat = keepHeartbeat(sockets.clients, options.heartbeatMs);
  await new Promise<void>((resolve, reject) => {
    http.once('error', (cause) => {
      stopHeartbeat();
      reject(cannotListen(port, cause));
    });
    http.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (http.address() as AddressInfo).port,
    clients: () => sockets.clients.size,
    async close() {
      stopHeartbeat();
      for (const client of sockets.clients) client.terminate();
      await new Promise<void>((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      });
    },
  };
}

/** What waits for a client that does not read its answers; above it, its next calls wait too. */
const MOST_WAITING_BYTES = 16 * 1024 * 1024;

/** A client that does not read cannot ask for more; one that never reads again is ended by the heartbeat, which frees what waits. */
function sendInTurn(client: WsSocket, message: ChannelMessage): void {
  client.send(message, () => {
    if (client.isPaused && client.bufferedAmount <= MOST_WAITING_BYTES) client.resume();
  });
  if (client.bufferedAmount > MOST_WAITING_BYTES) client.pause();
}

/** A malformed address from an unauthenticated caller must not crash the host. */
const isAddress = (path: string | undefined): boolean => URL.canParse(path ?? '/', 'http://127.0.0.1');

function channelOf(client: WsSocket, log: Log): Channel {
  const end: ChannelEnd = createChannel({
    send: (message) => sendInTurn(client, message),
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
