// Restricts a client to the files of one folder. A browser's page chooses a file by uploading it, so a path to any other file of
// this machine never comes from the workbench's own page.
import { realpathSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { ERROR_NAME } from '../../contract/api/api-errors.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { Channel, ChannelMessage } from './channel.ts';
import { findFault } from './envelope.ts';

/** Fields of the API's inputs that name a file or a folder of this machine, or a list of them (engine/contract). */
export const FILE_FIELDS: ReadonlySet<string> = new Set(['path', 'folder', 'more']);

/** Calls that name another path are answered with an error; all others pass. */
export function confined(channel: Channel, folder: string): Channel {
  function on(event: 'message' | 'close', listener: never): void {
    if (event === 'close') {
      channel.on('close', listener);
      return;
    }
    const deliver = listener as (received: { readonly data: ChannelMessage }) => void;
    channel.on('message', (received) => {
      const refused = refusalOf(received.data, folder);
      if (refused === null) deliver(received);
      else channel.postMessage(refused);
    });
  }
  return { postMessage: (message) => channel.postMessage(message), on, close: () => channel.close() };
}

/** The answer to a call that must not pass; null for any other. What is no call is left to the next check. */
function refusalOf(data: ChannelMessage, folder: string): string | null {
  if (findFault(data) !== null) return null;
  const { i, p } = JSON.parse(data as string) as { i: string; p?: { b?: unknown } };
  const outside = pathsIn(p?.b).find((path) => !isWithin(path, folder));
  if (outside === undefined) return null;
  const error = new HindcastError(
    'invalid-input',
    'A page may only name files that were uploaded; choose the file in the page, or import it in the terminal.',
    { details: { path: outside } },
  );
  const body = { defined: true, code: ERROR_NAME, status: 422, message: error.message, data: error.toData() };
  return JSON.stringify({ i, p: { s: 422, b: { json: body, meta: [] } } });
}

function pathsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    FILE_FIELDS.has(key) ? textsIn(inner) : pathsIn(inner),
  );
}

/** Every text inside, however it is nested. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function isWithin(path: string, folder: string): boolean {
  const real = realPath(path);
  return [realPath(folder), resolve(folder)].some((root) => real.startsWith(root + sep));
}

/** Where links lead; a file that is missing is judged by its name. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
