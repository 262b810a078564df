// Access for a browser: the token of the printed address is exchanged once for a cookie that every tab then has and no script can
// read. The cookie's name contains the port, because a browser sends cookies to all ports of a machine.
import type { IncomingMessage } from 'node:http';
import { newToken } from '../engine/rendezvous.ts';
import { isLoopbackHost, sameToken } from '../engine/websocket-server.ts';

export interface Session {
  /** Of the printed address. */
  readonly token: string;
  /** A page of this very server, in a browser that was let in. */
  allows(request: IncomingMessage): boolean;
  /** The cookie for a page that shows the token, or that has the cookie already; null for any other. */
  cookieFor(request: IncomingMessage): string | null;
}

/** @param port of the server, once it listens. */
export function createSession(port: () => number): Session {
  const token = newToken();
  const secret = newToken();
  const name = (): string => `hindcast-${port()}`;
  const hasCookie = (request: IncomingMessage): boolean =>
    sameToken(cookieOf(request.headers.cookie, name()), secret);
  return {
    token,
    allows: (request) => isOwnPage(request) && hasCookie(request),
    cookieFor(request) {
      const given = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
      const mayEnter = isOwnPage(request) && (sameToken(given, token) || hasCookie(request));
      return mayEnter ? `${name()}=${secret}; HttpOnly; SameSite=Strict; Path=/` : null;
    },
  };
}

/** A page of this very server: the name it was called by is a loopback one, and the page came from there. */
function isOwnPage({ headers }: IncomingMessage): boolean {
  return isLoopbackHost(headers.host) && headers.origin === `http://${headers.host}`;
}

function cookieOf(header: string | undefined, name: string): string {
  const found = (header ?? '').split(';').find((part) => part.trim().startsWith(`${name}=`));
  return found?.trim().slice(name.length + 1) ?? '';
}
