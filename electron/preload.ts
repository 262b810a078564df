// The only interface between the window's page and the main process. It runs in a sandbox, so it is built as CommonJS and imports
// nothing from Node.
import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron';
import type { ElectronBridge, PortMessage } from '../renderer/shell/electron-bridge.ts';
import type { EngineState } from '../renderer/shell/shell.ts';
import type { NOTICES, REQUESTS, TO_PAGE } from './ipc.ts';

// Types alone cross over from ipc.ts: its module belongs to the main process.
const ask = <Answer>(name: keyof typeof REQUESTS, ...given: unknown[]): Promise<Answer> =>
  ipcRenderer.invoke(name, ...given);
const tell = (name: keyof typeof NOTICES, ...given: unknown[]): void => ipcRenderer.send(name, ...given);

function hear<Said>(
  name: (typeof TO_PAGE)[keyof typeof TO_PAGE],
  listener: (said: Said) => void,
): () => void {
  const forward = (_event: IpcRendererEvent, said: Said): void => listener(said);
  ipcRenderer.on(name, forward);
  return () => void ipcRenderer.off(name, forward);
}

const bridge: ElectronBridge = {
  connect: (line) => tell('engine.connect', line),
  pathOf: (file) => webUtils.getPathForFile(file),
  pickFile: (options) => ask('files.pick', options),
  pickFolder: (title) => ask('folders.pick', title),
  saveFiles: (suggestedName, files) => ask('files.save', suggestedName, files),
  beginSave: (suggestedName) => ask('files.begin', suggestedName),
  appendSave: (id, content) => ask('files.append', id, content),
  endSave: (id, keep) => ask('files.end', id, keep),
  beginHandOver: (name) => ask('files.hand-over', name),
  release: (path) => tell('files.release', path),
  reveal: (path) => tell('reveal', path),
  notify: (title, body) => ask('notify', title, body),
  setProgress: (fraction) => tell('progress', fraction),
  onMenu: (listener) => hear('menu', listener),
  onEngineState(listener) {
    const end = hear<EngineState>('engine.state', listener);
    tell('engine.watch');
    return end;
  },
  restartEngine: () => tell('engine.restart'),
  openExternal: (url) => tell('open-external', url),
  recentWorkspaces: () => ask('workspaces.recent'),
  openWorkspace: () => ask('workspaces.open'),
  createWorkspace: () => ask('workspaces.create'),
  switchWorkspace: (path) => ask('workspaces.switch', path),
};
contextBridge.exposeInMainWorld('hindcast', bridge);

// A port cannot cross the bridge; it can be posted to the page's own window.
ipcRenderer.on('engine.port', ({ ports }, line: number) => {
  const message: PortMessage = { hindcastLine: line };
  window.postMessage(message, window.location.origin, ports);
});
