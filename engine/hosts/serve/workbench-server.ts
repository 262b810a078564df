// The workbench for the browser: the built page, the API over WebSocket, uploads. For this machine alone, and only for who knows
// the token of the printed address.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { HindcastError } from '../../contract/errors.ts';
import type { Log } from '../../services/context.ts';
import type { Channel } from '../engine/channel.ts';
import { newToken } from '../engine/rendezvous.ts';
import {
  isLoopbackHost,
  openWebSocketDoor,
  sameToken,
  type WebSocketDoor,
  type WebSocketDoorOptions,
} from '../engine/websocket-server.ts';
import { type BuiltFiles, builtFiles } from '../page/built-files.ts';
import { createUploads, type Uploads } from './uploads.ts';

export interface WorkbenchServer {
  /** With the token, for the user's browser. */
  readonly address: string;
  readonly port: number;
  close(): Promise<void>;
}

/** That very port (0: any that is free), or one that is taken where it can be had, and any that is free where it cannot. */
export type PortChoice = number | { readonly preferred: number };

export interface WorkbenchServerOptions {
  /** Where the renderer was built. */
  readonly folder: string;
  readonly port?: PortChoice;
  readonly log: Log;
  /** Answers the API to a page. */
  accept(channel: Channel): void;
}

/** Both parts are offered as WebSocket subprotocols: a page has no other way to send a token outside the address. */
const PROTOCOL = 'hindcast';

/** @throws HindcastError `file-missing` where nothing was built, `conflict` where the port is taken. */
export async function startWorkbenchServer(options: WorkbenchServerOptions): Promise<WorkbenchServer> {
  const token = newToken();
  let port = 0;
  const files = builtFiles(options.folder, 'browser.html', () => [
    `ws://127.0.0.1:${port}`,
    `ws://localhost:${port}`,
  ]);
  const uploads = createUploads();
  const door = await openDoorAt(options.port ?? 0, {
    log: options.log,
    accept: options.accept,
    allows: (request) => isOwnPage(request) && sameToken(offeredToken(request), token),
    respond: (request, response) => {
      respond(request, response, { token, files, uploads }).catch((cause: unknown) => {
        options.log({ level: 'error', message: `a page's request failed: ${String(cause)}` });
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    },
  });
  port = door.port;
  return {
    port,
    address: `http://127.0.0.1:${port}/#token=${token}`,
    async close() {
      await door.close();
      uploads.close();
    },
  };
}

async function openDoorAt(
  port: PortChoice,
  options: Omit<WebSocketDoorOptions, 'port'>,
): Promise<WebSocketDoor> {
  if (typeof port === 'number') return openWebSocketDoor({ ...options, port });
  try {
    return await openWebSocketDoor({ ...options, port: port.preferred });
  } catch (cause) {
    if (!(cause instanceof HindcastError) || cause.code !== 'conflict') throw cause;
    return openWebSocketDoor({ ...options, port: 0 });
  }
}

/** A page of this very server: the name it was called by is a loopback one, and the page came from there. */
function isOwnPage({ headers }: IncomingMessage): boolean {
  return isLoopbackHost(headers.host) && headers.origin === `http://${headers.host}`;
}

function offeredToken({ headers }: IncomingMessage): string {
  const [protocol, token] = (headers['sec-websocket-protocol'] ?? '').split(',').map((part) => part.trim());
  return protocol === PROTOCOL ? (token ?? '') : '';
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  { token, files, uploads }: { token: string; files: BuiltFiles; uploads: Uploads },
): Promise<void> {
  const { method = '', headers } = request;
  if (!isLoopbackHost(headers.host) || !URL.canParse(request.url ?? '', 'http://127.0.0.1')) {
    response.writeHead(403).end();
    return;
  }
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
  if (pathname === '/uploads') {
    const given = headers.authorization?.replace(/^Bearer /, '') ?? '';
    if (!isOwnPage(request) || !sameToken(given, token)) response.writeHead(401).end();
    else await answerUpload(request, response, searchParams, uploads);
    return;
  }
  const file = method === 'GET' || method === 'HEAD' ? files.read(pathname) : null;
  if (!file) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('There is nothing here.\n');
    return;
  }
  response.writeHead(200, file.headers).end(method === 'HEAD' ? undefined : file.body);
}

/** POST ?name= receives a file (with &folder= beside an earlier one), DELETE ?id= releases it with all that lies beside it. */
async function answerUpload(
  request: IncomingMessage,
  response: ServerResponse,
  parameters: URLSearchParams,
  uploads: Uploads,
): Promise<void> {
  const json = (status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (request.method === 'DELETE') {
    uploads.release(parameters.get('id') ?? '');
    response.writeHead(204).end();
    return;
  }
  if (request.method !== 'POST') {
    response.writeHead(405).end();
    return;
  }
  try {
    json(201, await uploads.receive(parameters.get('name') ?? '', request, parameters.get('folder')));
  } catch (cause) {
    json(422, HindcastError.wrap(cause, 'The upload failed').toData());
  }
}
