// The capabilities of the workbench's surroundings: Electron's window or a browser's page. Features get a Shell and never ask
// which one it is; a missing capability is null here, and the feature shows an alternative.

import type { FolderFile } from './pack-folder.ts';

/** A file that the engine can read by its path. In the browser it is an uploaded copy, so release it when it has been read. */
export interface EngineFile {
  /** Name without folder, with its ending. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  release(): void;
}

export interface FileFilter {
  /** For people: `Tables`. */
  readonly name: string;
  /** Without the dot: `csv`. */
  readonly extensions: readonly string[];
}

export interface TransferOptions {
  /** Of an upload, from 0 to 1; never called where nothing is copied. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface PickFileOptions extends TransferOptions {
  readonly title: string;
  readonly filters: readonly FileFilter[];
}

export interface FileToSave {
  readonly name: string;
  readonly content: Blob;
}

export interface PickFolderOptions extends TransferOptions {
  readonly title: string;
  /** What the folder holds; in the browser these are chosen themselves, or an archive of them. */
  readonly files: readonly string[];
}

export interface Saved {
  /** For people: a path, or the name of a download. */
  readonly destination: string;
  /** Shows it in the system's file manager. */
  readonly reveal: (() => void) | null;
}

/** What the menu (or the launcher) asks the workbench to do. */
export const MENU_COMMANDS = [
  'import',
  'new-experiment',
  'open-model',
  'show-runs',
  'show-data',
  'show-design',
  'show-compare',
  'show-learn',
  'show-settings',
  'palette',
  'keyboard-help',
] as const;
export type MenuCommand = (typeof MENU_COMMANDS)[number];

/** The process that hosts the workspace, as this window sees it. */
export type EngineState =
  | { readonly state: 'running' }
  /** It ended unasked and is being started again. */
  | { readonly state: 'restarting'; readonly reason: string }
  /** Of a page: its server does not answer, and nothing here can start it. */
  | { readonly state: 'away'; readonly reason: string }
  /** It ends again and again, or the workspace cannot be opened: nothing is tried until the user acts. */
  | { readonly state: 'failed'; readonly reason: string };

/** `ask`: the user has not been asked yet. `no`: refused, or there is nothing to notify with. */
export type MayNotify = 'yes' | 'ask' | 'no';

export interface WorkspaceSwitcher {
  /** Files opened before, the latest first. */
  recent(): Promise<readonly string[]>;
  /** Asks for a file, then reloads the window on it. False: the user thought better of it. */
  open(): Promise<boolean>;
  /** Asks where to make a new workspace, then reloads the window on it. */
  create(): Promise<boolean>;
  /** Reloads the window on a file that was opened before. */
  switchTo(path: string): Promise<void>;
}

export interface WholeFolder {
  readonly files: readonly FolderFile[];
  /** For the engine; in the browser an archive. Throws HindcastError where it is too large for that. */
  handOver(options?: TransferOptions): Promise<EngineFile>;
}

export interface Shell {
  /** For words in texts ("window", "page"); never to choose what a feature does. */
  readonly kind: 'electron' | 'browser';
  /** For Mantine's getStyleNonce: style elements without it are refused. */
  readonly styleNonce: string;
  /** A file can be read again by the path that it had at its import; false where the engine gets uploaded copies. */
  readonly readsAgain: boolean;
  /** Asks for one file; null when the user cancels. Throws HindcastError when its copying fails. */
  pickFile(options: PickFileOptions): Promise<EngineFile | null>;
  /** Asks for a folder, as pickFile for a file. */
  pickFolder(options: PickFolderOptions): Promise<EngineFile | null>;
  /** Asks for a folder of the user's files, with all below it but what is hidden. Null when the user cancels. */
  pickWholeFolder(): Promise<WholeFolder | null>;
  /** A file that was dropped on the page or pasted. */
  fileFromDrop(file: File, options?: TransferOptions): Promise<EngineFile>;
  /** A folder that was dropped; in the browser an archive of it. Throws HindcastError where it is too large for that. */
  folderFromDrop(
    file: File,
    folder: FileSystemDirectoryEntry,
    options?: TransferOptions,
  ): Promise<EngineFile>;
  /** Asks for files whose content the page reads itself; empty when the user cancels. @param endings without the dot */
  pickFiles(endings: readonly string[]): Promise<readonly File[]>;
  /** What the page made, as a file that the engine reads; release it when it has been read. */
  handOver(file: File, options?: TransferOptions): Promise<EngineFile>;
  /** One file: asks for its path. Several: asks for a folder. In the browser: one download. Null when the user cancels. */
  saveFiles(suggestedName: string, files: readonly FileToSave[]): Promise<Saved | null>;
  /** Whether `notify` shows anything. */
  mayNotify(): MayNotify;
  /** Asks the user where the platform requires it; call it only on a click or a key press. @returns the resulting permission. */
  askToNotify(): Promise<MayNotify>;
  /** Shown by the system, only while the window is not looked at; `onClick` after the window was brought to the front. */
  notify(title: string, body: string, onClick?: () => void): void;
  /** Of the window or tab: where it is. */
  setTitle(page: string): void;
  /** Progress of all running work in the task bar (or the page's title), 0 to 1; null where nothing runs. */
  setProgress(fraction: number | null): void;
  /** @returns a function that ends the listening. */
  onMenu(listener: (command: MenuCommand) => void): () => void;
  /** Calls back at once with the present state. @returns a function that ends the listening. */
  onEngineState(listener: (state: EngineState) => void): () => void;
  /** Tries again after `failed`. */
  restartEngine(): void;
  openExternal(url: string): void;
  /** Null where this shell serves one workspace for its life: the browser's. */
  readonly workspaces: WorkspaceSwitcher | null;
}
