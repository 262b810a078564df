// The HTTP server of the workbench: the built page, the API over WebSocket, uploads. Only for this machine, and only for a
// browser that presented the token of the printed address.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { HindcastError } from '../../contract/values/errors.ts';
import type { Log } from '../../services/context.ts';
import type { Channel } from '../engine/channel.ts';
import {
  isLoopbackHost,
  openWebSocketDoor,
  type WebSocketDoor,
  type WebSocketDoorOptions,
} from '../engine/websocket-server.ts';
import { type BuiltFiles, builtFiles } from '../page/built-files.ts';
import { createSession, type Session } from './session.ts';
import type { Uploads } from './uploads.ts';

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
  readonly uploads: Uploads;
  /** Answers the API to a page. */
  accept(channel: Channel): void;
  /** A browser was let in. */
  onEntered?(): void;
}

/** @throws HindcastError `file-missing` where nothing was built, `conflict` where the port is taken. */
export async function startWorkbenchServer(options: WorkbenchServerOptions): Promise<WorkbenchServer> {
  let port = 0;
  const session = createSession(() => port);
  const files = builtFiles(options.folder, 'browser.html', () => [
    `ws://127.0.0.1:${port}`,
    `ws://localhost:${port}`,
  ]);
  const { uploads } = options;
  const door = await openDoorAt(options.port ?? 0, {
    log: options.log,
    accept(channel, request) {
      const tab = addressOf(request).searchParams.get('tab');
      if (tab !== null) channel.on('close', uploads.tabIsOpen(tab));
      options.accept(channel);
    },
    allows: session.allows,
    respond: (request, response) => {
      respond(request, response, { session, files, uploads, onEntered: options.onEntered }).catch(
        (cause: unknown) => {
          options.log({ level: 'error', message: `a page's request failed: ${String(cause)}` });
          if (!response.headersSent) response.writeHead(500);
          response.end();
        },
      );
    },
  });
  port = door.port;
  return {
    port,
    address: `http://127.0.0.1:${port}/#token=${session.token}`,
    close: door.close,
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

const addressOf = (request: IncomingMessage): URL => new URL(request.url ?? '/', 'http://127.0.0.1');

interface Answering {
  readonly session: Session;
  readonly files: BuiltFiles;
  readonly uploads: Uploads;
  readonly onEntered: (() => void) | undefined;
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  { session, files, uploads, onEntered }: Answering,
): Promise<void> {
  const { method = '', headers } = request;
  if (!isLoopbackHost(headers.host) || !URL.canParse(request.url ?? '', 'http://127.0.0.1')) {
    response.writeHead(403).end();
    return;
  }
  const { pathname, searchParams } = addressOf(request);
  if (pathname === '/session' && method === 'POST') {
    const cookie = session.cookieFor(request);
    if (cookie === null) response.writeHead(401).end();
    else {
      response.writeHead(204, { 'set-cookie': cookie, 'cache-control': 'no-store' }).end();
      onEntered?.();
    }
    return;
  }
  if (pathname === '/uploads') {
    if (!session.allows(request)) response.writeHead(401).end();
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
    const bytes = Number(request.headers['content-length'] ?? 0);
    const target = { beside: parameters.get('folder'), tab: parameters.get('tab'), bytes };
    json(201, await uploads.receive(parameters.get('name') ?? '', request, target));
  } catch (cause) {
    json(422, HindcastError.wrap(cause, 'The upload failed').toData());
  }
}
