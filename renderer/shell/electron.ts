// The shell of Electron's window: native dialogs, paths instead of uploads, a message port to the engine's process.
import type { Transport } from '../../engine/connect/connection.ts';
import { openMessagePort } from '../../engine/connect/message-port.ts';
import { HindcastError } from '../../engine/contract/values/errors.ts';
import { type ChosenFolder, chooseFiles, chooseFolder } from './choose-files.ts';
import type { ElectronBridge, PickedFile, PortMessage } from './electron-bridge.ts';
import type { EngineFile, EngineState, FileToSave, Saved, Shell, TransferOptions } from './shell.ts';
import { titleOf } from './title.ts';

export interface ElectronShell {
  readonly shell: Shell;
  openTransport(): Promise<Transport>;
}

export function createElectronShell(bridge: ElectronBridge, styleNonce: string): ElectronShell {
  const shell: Shell = {
    kind: 'electron',
    styleNonce,
    readsAgain: true,
    async pickFile({ title, filters }) {
      const picked = await bridge.pickFile({ title, filters: filters.map((filter) => ({ ...filter })) });
      return picked && engineFile(picked);
    },
    async pickFolder({ title }) {
      const picked = await bridge.pickFolder(title);
      return picked && engineFile(picked);
    },
    async pickWholeFolder() {
      const folder = await chooseFolder();
      return (
        folder && {
          files: folder.files,
          handOver: async () => engineFile(pickedOf(folder, bridge.pathOf)),
        }
      );
    },
    async fileFromDrop(file) {
      const path = bridge.pathOf(file);
      if (path) return engineFile({ name: file.name, path, bytes: file.size });
      throw new HindcastError('file-missing', `"${file.name}" is not a file on this machine; save it first.`);
    },
    folderFromDrop: (file) => shell.fileFromDrop(file),
    pickFiles: (endings) => chooseFiles(endings, { several: true }),
    handOver: (file, options) => handOver(bridge, file, options),
    async saveFiles(suggestedName, files) {
      const [only] = files;
      if (files.length === 1 && only && only.content.size > MOST_AT_ONCE) return savePieces(bridge, only);
      const contents = files.map(async ({ name, content }) => ({
        name,
        content: await content.arrayBuffer(),
      }));
      const destination = await bridge.saveFiles(suggestedName, await Promise.all(contents));
      return destination === null ? null : { destination, reveal: () => bridge.reveal(destination) };
    },
    mayNotify: () => 'yes',
    askToNotify: async () => 'yes',
    notify(title, body, onClick) {
      void bridge.notify(title, body).then((clicked) => {
        if (clicked) onClick?.();
      });
    },
    // The window shows the title of its page.
    setTitle(screen) {
      document.title = titleOf(screen);
    },
    setProgress: bridge.setProgress,
    onMenu: bridge.onMenu,
    onEngineState: bridge.onEngineState,
    restartEngine: bridge.restartEngine,
    openExternal: bridge.openExternal,
    workspaces: {
      recent: bridge.recentWorkspaces,
      open: bridge.openWorkspace,
      create: bridge.createWorkspace,
      switchTo: bridge.switchWorkspace,
    },
  };
  return { shell, openTransport: createLines(bridge) };
}

/** The page is told the files of a folder; the engine reads it by its path, which ends where those of its files go on. */
function pickedOf({ name, files }: ChosenFolder, pathOf: ElectronBridge['pathOf']): PickedFile {
  const [first] = files;
  const path = first ? pathOf(first.content).slice(0, -1 - first.name.length) : '';
  return { name, path, bytes: files.reduce((sum, { content }) => sum + content.size, 0) };
}

/** Nothing was copied, so there is nothing to release. */
const engineFile = (file: PickedFile): EngineFile => ({ ...file, release: () => {} });

/** Lines to the engine, one after the other; each ends at the latest when the engine's process does. */
function createLines(bridge: ElectronBridge): () => Promise<Transport> {
  let line = 0;
  let state: EngineState = { state: 'running' };
  let lost = Promise.withResolvers<void>();
  bridge.onEngineState((next) => {
    state = next;
    if (next.state === 'running') return;
    lost.resolve();
    lost = Promise.withResolvers<void>();
  });

  return async () => {
    if (state.state !== 'running') throw new HindcastError('workspace-unreachable', state.reason);
    line += 1;
    const port = receivePort(line);
    bridge.connect(line);
    return openMessagePort(await port, lost.promise);
  };
}

function receivePort(line: number): Promise<MessagePort> {
  return new Promise((resolve) => {
    function listen({ source, data, ports }: MessageEvent<Partial<PortMessage> | null>): void {
      const port = ports[0];
      if (source !== window || data?.hindcastLine !== line || !port) return;
      window.removeEventListener('message', listen);
      resolve(port);
    }
    window.addEventListener('message', listen);
  });
}

/** Beyond it a file crosses to the main process in pieces: a message holds two gigabytes, and memory a copy of each. */
const MOST_AT_ONCE = 64 * 2 ** 20;
const PIECE_BYTES = 16 * 2 ** 20;

async function savePieces(bridge: ElectronBridge, { name, content }: FileToSave): Promise<Saved | null> {
  const id = await bridge.beginSave(name);
  if (id === null) return null;
  const destination = await sendPieces(bridge, id, content);
  return destination === null ? null : { destination, reveal: () => bridge.reveal(destination) };
}

/** Into a temporary file, since the page has no path for what it made. */
async function handOver(
  bridge: ElectronBridge,
  file: File,
  options: TransferOptions = {},
): Promise<EngineFile> {
  const path = await sendPieces(bridge, await bridge.beginHandOver(file.name), file, options);
  if (path === null) throw new HindcastError('cancelled', `"${file.name}" was not handed over.`);
  return { name: file.name, path, bytes: file.size, release: () => bridge.release(path) };
}

/** Where it lies now; a part of it is never left. */
async function sendPieces(
  bridge: ElectronBridge,
  id: string,
  content: Blob,
  { onProgress, signal }: TransferOptions = {},
): Promise<string | null> {
  let whole = false;
  try {
    for (let from = 0; from < content.size; from += PIECE_BYTES) {
      signal?.throwIfAborted();
      await bridge.appendSave(id, await content.slice(from, from + PIECE_BYTES).arrayBuffer());
      onProgress?.(Math.min(1, (from + PIECE_BYTES) / content.size));
    }
    whole = true;
  } finally {
    if (!whole) await bridge.endSave(id, false);
  }
  return bridge.endSave(id, true);
}
