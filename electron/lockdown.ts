// Restrictions on every page in this application: no navigation, no new windows, no webviews, no camera or location, no downloads
// started by the page. The microphone is granted, which only the button that records asks for.
import { app, type Session, session, shell } from 'electron';
import { isOwnAddress } from './page.ts';

/** Pages may write to the clipboard (copying a configuration) and fill the screen; nothing else is ever granted. */
const GRANTED: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen']);

/** Before the first window. */
export function lockDown(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', stayHere);
    contents.on('will-redirect', stayHere);
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      openExternal(url);
      return { action: 'deny' };
    });
  });
  denyPermissions(session.defaultSession);
}

/** The page may load itself again; it may load no other address. */
function stayHere(event: { readonly url: string; preventDefault(): void }): void {
  if (!isOwnAddress(event.url)) event.preventDefault();
}

function denyPermissions(target: Session): void {
  target.setPermissionRequestHandler((contents, permission, answer, details) => {
    const isMicrophone =
      permission === 'media' && 'mediaTypes' in details && details.mediaTypes?.join() === 'audio';
    answer((isMicrophone || GRANTED.has(permission)) && isOwnAddress(contents.getURL()));
  });
  target.setPermissionCheckHandler((contents, permission, _origin, { mediaType }) => {
    const isMicrophone = permission === 'media' && mediaType === 'audio';
    return (isMicrophone || GRANTED.has(permission)) && isOwnAddress(contents?.getURL() ?? '');
  });
  target.setDevicePermissionHandler(() => false);
  target.on('will-download', (event) => event.preventDefault());
}

/** In the user's browser, and only what a browser is for. */
export function openExternal(url: string): void {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) void shell.openExternal(url);
}
