// What the preload script offers to the window's page as `window.hindcast`, and nothing else of Electron.
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
  saveFiles(
    suggestedName: string,
    files: readonly { readonly name: string; readonly content: ArrayBuffer }[],
  ): Promise<boolean>;
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
