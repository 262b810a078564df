// The single window: sandboxed, without Node, with the preload script as its only interface.
import { join } from 'node:path';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import { projectRoot } from '../engine/hosts/node/paths.ts';
import { PAGE_ADDRESS } from './page.ts';
import type { SettingsFile } from './shell-settings.ts';
import { boundsOnScreen, LEAST_SIZE, rememberBounds } from './window-bounds.ts';

/** The page's grounds, so that nothing flashes before it has been drawn. */
const GROUND = { dark: '#14171c', light: '#ffffff' };
/** A page that crashes twice within this time is not reloaded a third time. */
const FALL_MS = 10_000;

export function openWindow(settings: SettingsFile): BrowserWindow {
  const { bounds, maximized } = settings.read();
  const workAreas = screen.getAllDisplays().map(({ workArea }) => workArea);
  const window = new BrowserWindow({
    ...boundsOnScreen(bounds, workAreas),
    ...LEAST_SIZE,
    title: 'Hindcast',
    // macOS and Windows take it from the program itself.
    ...(process.platform === 'linux' && { icon: join(projectRoot, 'electron', 'resources', 'icon.png') }),
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light,
    webPreferences: {
      preload: join(projectRoot, 'out', 'preload', 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      // Live charts are still drawn while the window is covered, so they are up to date when it is shown again.
      backgroundThrottling: true,
    },
  });
  if (maximized) window.maximize();
  rememberBounds(window, settings);
  window.once('ready-to-show', () => window.show());
  loadAgainAfterFall(window);
  void window.loadURL(PAGE_ADDRESS);
  return window;
}

/** The engine has its own process: when the page's process crashes, only the page is lost. */
function loadAgainAfterFall(window: BrowserWindow): void {
  let lastMs = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const now = performance.now();
    if (now - lastMs > FALL_MS) window.webContents.reload();
    lastMs = now;
  });
}
