// The shell of a page in the browser, served by `hindcast serve`: uploads and downloads instead of paths, the page's title instead
// of the task bar.

import type { Transport } from '../../engine/connect/connection.ts';
import { openWebSocket } from '../../engine/connect/websocket.ts';
import { HindcastError } from '../../engine/contract/values/errors.ts';
import { chooseFiles, chooseFolder } from './choose-files.ts';
import { packFiles, packFolder } from './pack-folder.ts';
import { pageNotifications } from './page-notifications.ts';
import { enter, tabId } from './session.ts';
import type { EngineState, Saved, Shell, TransferOptions } from './shell.ts';
import { titleOf } from './title.ts';
import { uploadFile, uploadFolder } from './uploads.ts';
import { writeZip } from './zip.ts';

export interface BrowserShell {
  readonly shell: Shell;
  openTransport(): Promise<Transport>;
}

export function createBrowserShell(styleNonce: string): BrowserShell {
  const tab = tabId();
  const listeners = new Set<(state: EngineState) => void>();
  let state: EngineState = { state: 'running' };
  const become = (next: EngineState): void => {
    state = next;
    for (const listener of listeners) listener(next);
  };

  async function openTransport(): Promise<Transport> {
    try {
      const transport = await openWebSocket(`ws://${location.host}/?tab=${tab}`);
      if (state.state !== 'running') become({ state: 'running' });
      transport.closed.then(() => become(AWAY));
      return transport;
    } catch (cause) {
      const isOutside = (await enter()) === 'outside';
      if (state.state !== 'away' || isOutside !== (state.reason === STARTED_ANEW.reason))
        become(isOutside ? STARTED_ANEW : AWAY);
      throw HindcastError.wrap(cause, 'The workbench could not be reached');
    }
  }

  let page = '';
  let progress: number | null = null;
  const showTitle = (): void => {
    const percent = progress === null ? '' : `${Math.floor(progress * 100)} % · `;
    document.title = `${percent}${titleOf(page)}`;
  };

  const send = (file: File, options: TransferOptions = {}) => uploadFile(file, tab, options);
  const shell: Shell = {
    kind: 'browser',
    styleNonce,
    workspaces: null,
    readsAgain: false,
    async pickFile(options) {
      const endings = options.filters.flatMap(({ extensions }) => extensions);
      const [file] = await chooseFiles(endings, { several: false });
      return file ? send(file, options) : null;
    },
    async pickFolder(options) {
      const endings = options.files.map((name) => name.replace(/^.*\./, ''));
      const files = await chooseFiles(['zip', ...endings], { several: true });
      return files.length > 0 ? uploadFolder(files, options.files, tab, options) : null;
    },
    async pickWholeFolder() {
      const folder = await chooseFolder();
      return (
        folder && {
          files: folder.files,
          handOver: async (options) => send(await packFiles(folder), options),
        }
      );
    },
    fileFromDrop: send,
    folderFromDrop: async (_file, folder, options) => send(await packFolder(folder), options),
    pickFiles: (endings) => chooseFiles(endings, { several: true }),
    handOver: send,
    async saveFiles(suggestedName, files) {
      const [only] = files;
      if (files.length === 1 && only) return downloaded(only.name, only.content);
      const inFolder = files.map(({ name, content }) => ({ name: `${suggestedName}/${name}`, content }));
      return downloaded(`${suggestedName}.zip`, await writeZip(inFolder, new Date()));
    },
    ...pageNotifications,
    setTitle(next) {
      page = next;
      showTitle();
    },
    setProgress(fraction) {
      progress = fraction;
      showTitle();
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

const AWAY = {
  state: 'away',
  reason:
    'Hindcast does not answer: it has ended, or its engine is starting. This page reconnects by itself when it is back; after a restart, open the address that it printed.',
} as const;

const STARTED_ANEW = {
  state: 'away',
  reason: 'Hindcast was restarted, and this browser has no access yet: open the address that it printed.',
} as const;

function downloaded(name: string, content: Blob): Saved {
  download(name, content);
  return { destination: `${name}, with the browser's downloads`, reveal: null };
}

function download(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken the content over when the click's task is done; a minute covers a dialog that asks where to.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
