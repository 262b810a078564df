// Native file dialogs, and writing the files that the page wants to save.
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { app, type BrowserWindow, dialog, shell } from 'electron';
import type { PickedFile } from '../renderer/shell/electron-bridge.ts';
import type { FileFilter } from '../renderer/shell/shell.ts';
import { createPieceSaver } from './save-pieces.ts';

const WORKSPACE_FILTERS = [{ name: 'Hindcast workspace', extensions: ['hindcast'] }];

export async function pickFile(
  window: BrowserWindow,
  options: { readonly title: string; readonly filters: readonly FileFilter[] },
): Promise<PickedFile | null> {
  const filters = options.filters.map(({ name, extensions }) => ({ name, extensions: [...extensions] }));
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: options.title,
    properties: ['openFile'],
    filters: [...filters, { name: 'All files', extensions: ['*'] }],
  });
  const path = filePaths[0];
  return path === undefined ? null : { name: basename(path), path, bytes: (await stat(path)).size };
}

export async function pickFolder(window: BrowserWindow, title: string): Promise<PickedFile | null> {
  const { filePaths } = await dialog.showOpenDialog(window, { title, properties: ['openDirectory'] });
  const path = filePaths[0];
  return path === undefined ? null : { name: basename(path), path, bytes: 0 };
}

/** What was saved from the window, and nothing else, may be shown in the file manager. */
const saved = new Set<string>();

export function reveal(_window: BrowserWindow, path: string): void {
  if (saved.has(path)) shell.showItemInFolder(path);
}

/** One file goes where the dialog says; several go into a new folder there. @returns the path; null when the user cancels. */
export async function saveFiles(
  window: BrowserWindow,
  suggestedName: string,
  files: readonly { readonly name: string; readonly content: ArrayBuffer }[],
): Promise<string | null> {
  const single = files.length === 1 ? files[0] : undefined;
  const ending = single ? extname(single.name).slice(1) : '';
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: single ? 'Save' : 'Save into a new folder',
    defaultPath: join(app.getPath('documents'), plain(single ? single.name : suggestedName)),
    ...(ending && { filters: [{ name: ending.toUpperCase(), extensions: [ending] }] }),
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  if (canceled || !filePath) return null;
  if (single) await writeWhole(filePath, single.content);
  else {
    await mkdir(filePath, { recursive: true });
    for (const { name, content } of files) await writeWhole(join(filePath, plain(name)), content);
  }
  saved.add(filePath);
  return filePath;
}

const pieces = createPieceSaver();

/** Asks where a large file goes that comes in pieces. @returns its id; null when the user cancels. */
export async function beginSave(window: BrowserWindow, name: string): Promise<string | null> {
  const ending = extname(name).slice(1);
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Save',
    defaultPath: join(app.getPath('documents'), plain(name)),
    ...(ending && { filters: [{ name: ending.toUpperCase(), extensions: [ending] }] }),
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  return canceled || !filePath ? null : pieces.begin(filePath);
}

/** Files that the page made for the engine, each in a folder of its own. */
const handedOver = new Map<string, string>();

export async function beginHandOver(_window: BrowserWindow, name: string): Promise<string> {
  const folder = await mkdtemp(join(app.getPath('temp'), 'hindcast-'));
  const path = join(folder, plain(name));
  handedOver.set(path, folder);
  return pieces.begin(path);
}

export function release(_window: BrowserWindow, path: string): void {
  const folder = handedOver.get(path);
  handedOver.delete(path);
  if (folder !== undefined) void rm(folder, { recursive: true, force: true });
}

/** At the end of the application: what no page released. */
export function releaseAll(): void {
  for (const folder of handedOver.values()) rmSync(folder, { recursive: true, force: true });
  handedOver.clear();
}

export const appendSave = (_window: BrowserWindow, id: string, content: ArrayBuffer): Promise<void> =>
  pieces.append(id, content);

export async function endSave(_window: BrowserWindow, id: string, keep: boolean): Promise<string | null> {
  const path = await pieces.end(id, keep);
  if (path !== null && !handedOver.has(path)) saved.add(path);
  return path;
}

/** A name from the page never leads out of the folder that the user chose. */
const plain = (name: string): string => basename(name.replaceAll('\\', '/')) || 'hindcast';

/** Never half a file: written to a temporary file, then renamed. */
async function writeWhole(path: string, content: ArrayBuffer): Promise<void> {
  const half = join(dirname(path), `.${basename(path)}.half`);
  try {
    await writeFile(half, new Uint8Array(content));
    await rename(half, path);
  } catch (cause) {
    await rm(half, { force: true });
    throw cause;
  }
}

export async function pickWorkspace(window: BrowserWindow): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open a workspace',
    properties: ['openFile'],
    filters: WORKSPACE_FILTERS,
  });
  return filePaths[0] ?? null;
}

export async function placeNewWorkspace(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Make a new workspace',
    defaultPath: join(app.getPath('documents'), 'workspace.hindcast'),
    filters: WORKSPACE_FILTERS,
    properties: ['createDirectory'],
  });
  return canceled || !filePath ? null : filePath;
}
