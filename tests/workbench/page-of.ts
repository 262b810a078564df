// A page that runs a file of ours: bundled for a browser, and served on this machine.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { build } from 'vite';

const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};
const HTML = '<!doctype html><script type="module" src="/page.js"></script>';

export interface ServedPage {
  /** A page with shared memory, thus with threads, and one without. */
  readonly isolated: string;
  readonly plain: string;
  /** Of all scripts. */
  readonly scripts: readonly string[];
  close(): void;
}

/**
 * @param entry leaves what a test calls in `globalThis`
 * @param instead files by the names of the modules that they stand for
 */
export async function servePage(
  entry: string,
  instead: Readonly<Record<string, string>> = {},
): Promise<ServedPage> {
  const scripts = await bundle(entry, instead);
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const isScript = extname(path) === '.js';
    const headers = isScript || path.startsWith('/isolated') ? ISOLATION : {};
    response.writeHead(200, { ...headers, 'Content-Type': isScript ? 'text/javascript' : 'text/html' });
    response.end(isScript ? scripts.get(path.slice(1)) : HTML);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    isolated: `${origin}/isolated/`,
    plain: `${origin}/plain/`,
    scripts: [...scripts.values()],
    close: () => server.close(),
  };
}

/** By file name. Node's modules become empty: they are used on paths that a page does not take. */
async function bundle(entry: string, alias: Readonly<Record<string, string>>): Promise<Map<string, string>> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { alias },
    build: {
      write: false,
      rollupOptions: {
        input: entry,
        output: { format: 'es', entryFileNames: 'page.js' },
        onwarn: () => undefined,
      },
    },
  });
  const { output } = (Array.isArray(result) ? result[0]! : result) as {
    output: { fileName: string; code?: string }[];
  };
  return new Map(output.map(({ fileName, code = '' }) => [fileName, code]));
}
