// Position and size of the window at its start: as they were last time, if that is still on a screen.
import type { BrowserWindow, Rectangle } from 'electron';
import type { SettingsFile } from './shell-settings.ts';

const FIRST_SIZE = { width: 1440, height: 900 };
export const LEAST_SIZE = { minWidth: 600, minHeight: 600 };
/** Pixels of the title bar that must be reachable in both directions. */
const REACHABLE = 80;

/** @param workAreas of the screens there are now. */
export function boundsOnScreen(
  bounds: Rectangle | null,
  workAreas: readonly Rectangle[],
): Partial<Rectangle> & { width: number; height: number } {
  if (!bounds) return fitted(FIRST_SIZE, workAreas[0]);
  const reachable = workAreas.some(
    (area) =>
      bounds.x + bounds.width >= area.x + REACHABLE &&
      bounds.x <= area.x + area.width - REACHABLE &&
      bounds.y >= area.y &&
      bounds.y <= area.y + area.height - REACHABLE,
  );
  return reachable ? bounds : fitted(bounds, workAreas[0]);
}

function fitted(size: { width: number; height: number }, area: Rectangle | undefined) {
  return {
    width: Math.min(size.width, area?.width ?? size.width),
    height: Math.min(size.height, area?.height ?? size.height),
  };
}

const SETTLED_MS = 500;

/** Remembers the bounds whenever they have settled, so that a crash forgets nothing. */
export function rememberBounds(window: BrowserWindow, settings: SettingsFile): void {
  let timer: NodeJS.Timeout | undefined;
  const save = (): void => {
    clearTimeout(timer);
    if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return;
    settings.change({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  };
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(save, SETTLED_MS);
  };
  window.on('resize', later);
  window.on('move', later);
  window.on('close', save);
  window.on('closed', () => clearTimeout(timer));
}
