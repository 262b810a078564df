// The files of the built renderer, listed once at the start. Only listed files are served, so no path leads anywhere else.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { HindcastError } from '../../contract/values/errors.ts';
import { FILE_HEADERS, type SecuredPage, securePage } from './content-security.ts';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

/** Names in this folder contain a hash of the file's content. */
const HASHED = '/assets/';

export interface BuiltFile {
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

export interface BuiltFiles {
  /** `path` as in an address: `/assets/index-3f2a.js`. Null where no such file was built. */
  read(path: string): BuiltFile | null;
}

/**
 * @param page the HTML file that `/` stands for.
 * @param connect further origins that the page may connect to.
 * @throws HindcastError `file-missing` when the renderer has not been built.
 */
export function builtFiles(folder: string, page: string, connect: () => readonly string[]): BuiltFiles {
  if (!existsSync(join(folder, page))) {
    throw new HindcastError(
      'file-missing',
      `The workbench's page ${join(folder, page)} is missing; build it with \`npm run build\`.`,
    );
  }
  const paths = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const type = extname(entry.name);
    if (entry.isFile() && type in MEDIA_TYPES)
      paths.set(`/${relative(folder, file).split(sep).join('/')}`, file);
  }
  const html = readFileSync(join(folder, page), 'utf8');
  return {
    read(path) {
      if (path === '/' || path === `/${page}`) return securePage(html, connect()) satisfies SecuredPage;
      const file = paths.get(path);
      if (file === undefined) return null;
      return {
        body: new Uint8Array(readFileSync(file)),
        headers: {
          ...FILE_HEADERS,
          'content-type': MEDIA_TYPES[extname(file)] as string,
          'cache-control': path.startsWith(HASHED) ? 'private, max-age=31536000, immutable' : 'no-cache',
        },
      };
    },
  };
}
