// Notifications of a page in the browser. Browsers let a page ask for permission only on a click or key press.
import type { MayNotify, Shell } from './shell.ts';

const MAY: Record<NotificationPermission, MayNotify> = { granted: 'yes', default: 'ask', denied: 'no' };

const mayNotify = (): MayNotify => ('Notification' in window ? MAY[Notification.permission] : 'no');

export const pageNotifications: Pick<Shell, 'mayNotify' | 'askToNotify' | 'notify'> = {
  mayNotify,
  async askToNotify() {
    if (mayNotify() === 'ask') await Notification.requestPermission();
    return mayNotify();
  },
  notify(title, body, onClick) {
    if (document.hasFocus() || mayNotify() !== 'yes') return;
    const notification = new Notification(title, { body });
    notification.onclick = () => {
      notification.close();
      window.focus();
      onClick?.();
    };
  },
};
