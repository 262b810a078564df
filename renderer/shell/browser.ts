// The shell of a page in the browser, served by `hindcast serve`: uploads and downloads instead of paths, the page's title instead
// of the task bar.

import type { Transport } from '../../engine/connect/connection.ts';
import { openWebSocket } from '../../engine/connect/websocket.ts';
import { HindcastError, type HindcastErrorData } from '../../engine/contract/errors.ts';
import type { EngineFile, EngineState, PickFileOptions, Shell, TransferOptions } from './shell.ts';

/** The one-page server's name for its API (engine/hosts/serve). */
const PROTOCOL = 'hindcast';
const TITLE = 'Hindcast';

export interface BrowserShell {
  readonly shell: Shell;
  openTransport(): Promise<Transport>;
}

export function createBrowserShell(token: string, styleNonce: string): BrowserShell {
  const listeners = new Set<(state: EngineState) => void>();
  let state: EngineState = { state: 'running' };
  const become = (next: EngineState): void => {
    state = next;
    for (const listener of listeners) listener(next);
  };

  async function openTransport(): Promise<Transport> {
    try {
      const transport = await openWebSocket(`ws://${location.host}/`, [PROTOCOL, token]);
      if (state.state !== 'running') become({ state: 'running' });
      transport.closed.then(() => become(away));
      return transport;
    } catch (cause) {
      if (state.state !== 'restarting') become(away);
      throw HindcastError.wrap(cause, 'The workbench could not be reached');
    }
  }

  const send = (file: File, options: TransferOptions = {}) => upload(file, token, options);
  const shell: Shell = {
    kind: 'browser',
    styleNonce,
    workspaces: null,
    async pickFile(options) {
      const file = await chooseFile(options);
      return file && send(file, options);
    },
    fileFromDrop: send,
    async saveFiles(_suggestedName, files) {
      for (const { name, content } of files) download(name, content);
      return true;
    },
    notify(title, body, onClick) {
      if (document.hasFocus() || !('Notification' in window)) return;
      void Notification.requestPermission().then((permission) => {
        if (permission !== 'granted') return;
        const notification = new Notification(title, { body });
        notification.onclick = () => {
          window.focus();
          onClick?.();
        };
      });
    },
    setProgress(fraction) {
      document.title = fraction === null ? TITLE : `${Math.floor(fraction * 100)} % · ${TITLE}`;
    },
    // A page has no menu of its own.
    onMenu: () => () => {},
    onEngineState(listener) {
      listeners.add(listener);
      listener(state);
      return () => listeners.delete(listener);
    },
    restartEngine: () => location.reload(),
    openExternal: (url) => void window.open(url, '_blank', 'noopener,noreferrer'),
  };
  return { shell, openTransport };
}

const away: EngineState = {
  state: 'restarting',
  reason: 'The program that serves this page does not answer; is it still running in its terminal?',
};

/** The browser's own dialog. A page learns of its cancelling by an event of the input. */
function chooseFile({ filters }: PickFileOptions): Promise<File | null> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = filters.flatMap(({ extensions }) => extensions.map((ending) => `.${ending}`)).join(',');
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null), { once: true });
    input.addEventListener('cancel', () => resolve(null), { once: true });
    input.click();
  });
}

/** XMLHttpRequest, because fetch does not tell how far an upload is. */
function upload(file: File, token: string, { onProgress, signal }: TransferOptions): Promise<EngineFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/uploads?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('authorization', `Bearer ${token}`);
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(uploadLost(file.name));
    request.onabort = () =>
      reject(new HindcastError('cancelled', `The upload of "${file.name}" was cancelled.`));
    request.onload = () => {
      if (request.status === 201) resolve(engineFile(file, JSON.parse(request.responseText), token));
      else if (request.status === 422)
        reject(HindcastError.fromData(JSON.parse(request.responseText) as HindcastErrorData));
      else reject(uploadLost(file.name));
    };
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
    if (signal?.aborted) request.abort();
  });
}

function engineFile(
  file: File,
  { id, path, bytes }: { id: string; path: string; bytes: number },
  token: string,
): EngineFile {
  return {
    name: file.name,
    path,
    bytes,
    release() {
      void fetch(`/uploads?id=${id}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${token}` },
        keepalive: true,
      }).catch(() => {});
    },
  };
}

const uploadLost = (name: string): HindcastError =>
  new HindcastError(
    'connection-lost',
    `"${name}" could not be uploaded: the workbench does not answer; try again.`,
  );

function download(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken the content over when the click's task is done; a minute covers a dialog that asks where to.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
