// Electron's main process: one window onto one engine.
import { join } from 'node:path';
import { app, BrowserWindow, MessageChannelMain, shell } from 'electron';
import { openMessagePort } from '../engine/connect/message-port.ts';
import { logRejections } from '../engine/hosts/engine/log-rejections.ts';
import { projectRoot } from '../engine/hosts/node/paths.ts';
import { chooseWorkspace } from '../engine/hosts/node/workspace-path.ts';
import { countRunsOf } from '../engine/hosts/utility/count-runs.ts';
import { keepEngine } from '../engine/hosts/utility/engine-keeper.ts';
import type { MenuCommand } from '../renderer/shell/shell.ts';
import { chooseEngine, unpacked } from './choose-engine.ts';
import {
  appendSave,
  beginHandOver,
  beginSave,
  endSave,
  pickFile,
  pickFolder,
  pickWorkspace,
  placeNewWorkspace,
  release,
  releaseAll,
  reveal,
  saveFiles,
} from './dialogs.ts';
import { answerPage, TO_PAGE } from './ipc.ts';
import { lockDown, openExternal } from './lockdown.ts';
import { logFile } from './log-file.ts';
import { setMenu } from './menu.ts';
import { showNotification } from './notification.ts';
import { registerPageScheme, servePage } from './page.ts';
import { askBeforeQuitting, mayStopRuns } from './quit.ts';
import { settingsFile } from './shell-settings.ts';
import { openWindow } from './window.ts';

app.setName('Hindcast');
// Only root has it switched off (hosts/start says so); both together let no child process start.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
registerPageScheme();

// The one that is open already gets `second-instance` and comes to the front.
if (app.requestSingleInstanceLock()) {
  // Not awaited at the top level: the event would never come while this module is still being evaluated.
  app.whenReady().then(start).catch(fail);
} else app.quit();

function fail(cause: unknown): void {
  process.stderr.write(
    `Hindcast could not start: ${cause instanceof Error ? cause.message : String(cause)}\n`,
  );
  app.exit(1);
}

function start(): void {
  logRejections((line) =>
    logFile(join(app.getPath('logs'), 'main.log'))(
      `${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`,
    ),
  );
  const settings = settingsFile(join(app.getPath('userData'), 'shell.json'));
  const chosen = chooseWorkspace(app.commandLine.getSwitchValue('workspace'), process.env);
  let workspacePath = chosen.named ? chosen.path : (settings.read().workspaces[0] ?? chosen.path);
  let window: BrowserWindow | null = null;
  const windowOf = (): BrowserWindow | null => (window?.isDestroyed() ? null : window);

  const startEngine = chooseEngine(logFile(join(app.getPath('logs'), 'engine.log')));
  const engine = keepEngine({
    nowMs: () => performance.now(),
    start(again) {
      settings.remember(workspacePath);
      return startEngine(workspacePath, again);
    },
  });
  const tellState = (): void => windowOf()?.webContents.send(TO_PAGE.engineState, engine.state);
  engine.onState(tellState);
  const countRuns = (): Promise<number> => {
    const { port1, port2 } = new MessageChannelMain();
    return countRunsOf(engine, port1, () => openMessagePort(port2));
  };

  lockDown();
  app.on('quit', releaseAll);
  servePage();
  const quitting = askBeforeQuitting({ countRuns, closeEngine: engine.close, windowOf });

  /** False: no file was chosen, or the running trainings shall continue. */
  async function switchTo(path: string | null): Promise<boolean> {
    if (path === null || path === workspacePath) return false;
    if (!(await mayStopRuns(windowOf(), await countRuns()))) return false;
    workspacePath = path;
    await engine.restart();
    windowOf()?.webContents.reload();
    return true;
  }

  answerPage(
    windowOf,
    {
      'files.pick': pickFile,
      'folders.pick': pickFolder,
      'files.save': saveFiles,
      'files.begin': beginSave,
      'files.hand-over': beginHandOver,
      'files.append': appendSave,
      'files.end': endSave,
      notify: showNotification,
      'workspaces.recent': () => settings.read().workspaces,
      'workspaces.open': async (asker) => switchTo(await pickWorkspace(asker)),
      'workspaces.create': async (asker) => switchTo(await placeNewWorkspace(asker)),
      'workspaces.switch': async (_asker, path) => {
        // The page may only name what was opened here before.
        if (settings.read().workspaces.includes(path)) await switchTo(path);
      },
    },
    {
      'engine.connect'(asker, line) {
        const { port1, port2 } = new MessageChannelMain();
        engine.connect(port1);
        asker.webContents.postMessage(TO_PAGE.port, line, [port2]);
      },
      'engine.watch': tellState,
      'engine.restart': () => void engine.restart(),
      'files.release': release,
      reveal,
      progress: (asker, fraction) => asker.setProgressBar(fraction ?? -1),
      'open-external': (_asker, url) => openExternal(url),
    },
  );
  setMenu({
    send: (command: MenuCommand) => windowOf()?.webContents.send(TO_PAGE.menu, command),
    openWorkspace: async () => window && switchTo(await pickWorkspace(window)),
    createWorkspace: async () => window && switchTo(await placeNewWorkspace(window)),
    openLicences: () => void shell.openPath(unpacked(join(projectRoot, 'out', 'third-party-notices.txt'))),
    openDocumentation: () => void shell.openPath(unpacked(join(projectRoot, 'README.md'))),
  });

  function show(): void {
    window = openWindow(settings);
    quitting.watch(window);
  }
  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => app.quit());
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) show();
  });
  show();
}
