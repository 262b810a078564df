// Serves the workbench's page to the window at `hindcast://workbench/`, from the built files and with the same content security
// policy as in the browser.
import { join } from 'node:path';
import { protocol } from 'electron';
import { projectRoot } from '../engine/hosts/node/paths.ts';
import { builtFiles } from '../engine/hosts/page/built-files.ts';

const SCHEME = 'hindcast';
const ORIGIN = `${SCHEME}://workbench`;
export const PAGE_ADDRESS = `${ORIGIN}/`;

export const isOwnAddress = (url: string): boolean => url.startsWith(PAGE_ADDRESS);

/** Before the application is ready: a standard scheme has an origin, and with it storage and modules. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

export function servePage(): void {
  const files = builtFiles(join(projectRoot, 'out', 'renderer'), 'electron.html', () => []);
  protocol.handle(SCHEME, ({ url, method }) => {
    const { host, pathname } = new URL(url);
    const file = host === 'workbench' && method === 'GET' ? files.read(pathname) : null;
    return file
      ? new Response(file.body, { headers: { ...file.headers } })
      : new Response('There is nothing here.\n', { status: 404 });
  });
}
