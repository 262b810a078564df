// A system notification, for a user who is not looking at the window.
import { type BrowserWindow, Notification } from 'electron';

/** Held while shown: a notification that is garbage-collected never reports its click. */
const shown = new Set<Notification>();

/** True when it was clicked: the window has been brought to the front then. */
export async function showNotification(window: BrowserWindow, title: string, body: string): Promise<boolean> {
  if (window.isFocused() || !Notification.isSupported()) return false;
  const notification = new Notification({ title, body });
  shown.add(notification);
  const clicked = await new Promise<boolean>((resolve) => {
    notification.once('click', () => resolve(true));
    notification.once('close', () => resolve(false));
    notification.once('failed', () => resolve(false));
    notification.show();
  });
  shown.delete(notification);
  if (clicked && !window.isDestroyed()) {
    if (window.isMinimized()) window.restore();
    window.focus();
  }
  return clicked;
}
