// The content security policy of the workbench's page, the same in a window and in the browser: its own scripts and styles, and
// connections to the engine. The nonce, new for each load, permits the style elements that Mantine creates.
import { randomBytes } from 'node:crypto';

/** What the build puts where each load's nonce goes (electron.vite.config.ts). */
const PLACEHOLDER = '__CSP_NONCE__';

/** @param connect further origins of connections, for example `ws://127.0.0.1:8080`. */
function contentSecurityPolicy(nonce: string, connect: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self' data: blob:",
    // Videos that are imported: their frames are read by the page.
    'media-src blob:',
    ["connect-src 'self'", ...connect].join(' '),
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

export interface SecuredPage {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** `html` as one load gets it. */
export function securePage(html: string, connect: readonly string[]): SecuredPage {
  const nonce = randomBytes(16).toString('base64');
  return {
    body: html.replaceAll(PLACEHOLDER, nonce),
    headers: {
      ...FILE_HEADERS,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy(nonce, connect),
      'cache-control': 'no-store',
    },
  };
}

export const FILE_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;
