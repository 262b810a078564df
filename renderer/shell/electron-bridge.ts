// What the preload script offers to the window's page as `window.hindcast`; nothing else of Electron is reachable.
import type { EngineState, FileFilter, MenuCommand } from './shell.ts';

export interface PickedFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

export interface ElectronBridge {
  /** Asks for a line to the engine. Its port comes as a window message: see PortMessage. */
  connect(line: number): void;
  /** Where a file lies that was dropped on the window; empty for one that lies nowhere. */
  pathOf(file: File): string;
  pickFile(options: {
    readonly title: string;
    readonly filters: readonly FileFilter[];
  }): Promise<PickedFile | null>;
  pickFolder(title: string): Promise<PickedFile | null>;
  /** Where it was saved; null when the user cancels. */
  saveFiles(
    suggestedName: string,
    files: readonly { readonly name: string; readonly content: ArrayBuffer }[],
  ): Promise<string | null>;
  /** Asks where a large file goes; null when the user cancels. Then pieces, then its end: it is there whole or not at all. */
  beginSave(suggestedName: string): Promise<string | null>;
  appendSave(id: string, content: ArrayBuffer): Promise<void>;
  endSave(id: string, keep: boolean): Promise<string | null>;
  /** Begins a temporary file, which pieces fill as a saved one; `release` deletes it. */
  beginHandOver(name: string): Promise<string>;
  release(path: string): void;
  /** In the system's file manager; only what was saved from this window. */
  reveal(path: string): void;
  /** True when it was clicked; the window is in front then. */
  notify(title: string, body: string): Promise<boolean>;
  setProgress(fraction: number | null): void;
  onMenu(listener: (command: MenuCommand) => void): () => void;
  /** Calls back at once with the present state. */
  onEngineState(listener: (state: EngineState) => void): () => void;
  restartEngine(): void;
  openExternal(url: string): void;
  recentWorkspaces(): Promise<readonly string[]>;
  openWorkspace(): Promise<boolean>;
  createWorkspace(): Promise<boolean>;
  switchWorkspace(path: string): Promise<void>;
}

/** Posted by the preload script to its own window, with one port. */
export interface PortMessage {
  readonly hindcastLine: number;
}

declare global {
  interface Window {
    readonly hindcast?: ElectronBridge;
  }
}
