// The page's server: which requests it answers and which it refuses.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket as WsSocket } from 'ws';
import { createUploads, type Uploads } from '../../../engine/hosts/serve/uploads.ts';
import { WORKBENCH_PORT } from '../../../engine/hosts/serve/workbench-port.ts';
import {
  type PortChoice,
  startWorkbenchServer,
  type WorkbenchServer,
} from '../../../engine/hosts/serve/workbench-server.ts';
import { freePort } from './free-port.ts';

let folder: string;
let server: WorkbenchServer;
let accepted: number;
let uploads: Uploads;
let cookie: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hindcast-serve-'));
  const built = join(folder, 'renderer');
  mkdirSync(join(built, 'assets'), { recursive: true });
  writeFileSync(
    join(built, 'browser.html'),
    '<meta nonce="__CSP_NONCE__"><script nonce="__CSP_NONCE__"></script>',
  );
  writeFileSync(join(built, 'assets', 'index-1a2b.js'), 'export {};');
  writeFileSync(join(built, 'notes.txt'), 'not a kind of file that a page needs');
  writeFileSync(join(folder, 'secret.js'), 'outside');
  accepted = 0;
  uploads = createUploads();
  server = await startWorkbenchServer({
    folder: built,
    log: () => {},
    uploads,
    accept: (channel) => {
      accepted += 1;
      channel.on('message', ({ data }) => channel.postMessage(data));
    },
  });
  cookie = await enter();
});

afterEach(async () => {
  await server.close();
  uploads.close();
  rmSync(folder, { recursive: true, force: true });
});

const token = (): string => server.address.split('#token=')[1] as string;
const origin = (): string => `http://127.0.0.1:${server.port}`;

/** @returns the cookie, as a browser sends it back. */
async function enter(): Promise<string> {
  const headers = { authorization: `Bearer ${token()}`, origin: origin() };
  const { status, headers: answered } = await ask('/session', { method: 'POST', headers });
  expect(status).toBe(204);
  return String(answered['set-cookie']).split(';')[0] as string;
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

/** Not fetch: that one straightens paths and sets its own Host and Origin. */
function ask(
  path: string,
  {
    method = 'GET',
    headers = {},
    body = '',
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port: server.port, path, method, headers },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece) => {
          text += piece;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

describe('the page', () => {
  it('has a nonce of its own for each load, the same in policy and text', async () => {
    const [first, second] = await Promise.all([ask('/'), ask('/')]);
    const nonceOf = ({ headers }: Answer) =>
      /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1];
    expect(first.status).toBe(200);
    expect(first.body).toBe(`<meta nonce="${nonceOf(first)}"><script nonce="${nonceOf(first)}"></script>`);
    expect(nonceOf(first)).not.toBe(nonceOf(second));
    expect(first.headers['content-security-policy']).toContain(
      `connect-src 'self' ws://127.0.0.1:${server.port}`,
    );
    expect(first.headers['content-security-policy']).not.toContain('unsafe');
    expect(first.headers['cache-control']).toBe('no-store');
  });

  it('comes with its built files, and nothing else comes', async () => {
    const file = await ask('/assets/index-1a2b.js');
    expect(file).toMatchObject({ status: 200, body: 'export {};' });
    expect(file.headers['content-type']).toContain('text/javascript');
    expect(file.headers['x-content-type-options']).toBe('nosniff');
    for (const path of [
      '/../secret.js',
      '/assets/../../secret.js',
      '/%2e%2e/secret.js',
      '/notes.txt',
      '//',
      '/assets',
    ]) {
      expect((await ask(path)).status, path).toBeOneOf([403, 404]);
    }
    expect((await ask('/', { method: 'POST' })).status).toBe(404);
  });

  it('is not for a page of elsewhere that points its own name here', async () => {
    expect((await ask('/', { headers: { host: `evil.example:${server.port}` } })).status).toBe(403);
  });
});

describe('the session', () => {
  const post = (headers: Record<string, string>) => ask('/session', { method: 'POST', headers });

  it('gives the token of the address a cookie that no script and no other site has', async () => {
    const { headers } = await post({ authorization: `Bearer ${token()}`, origin: origin() });
    const [given] = headers['set-cookie'] as string[];
    expect(given).toMatch(
      new RegExp(`^hindcast-${server.port}=[0-9a-f]{64}; HttpOnly; SameSite=Strict; Path=/$`),
    );
    expect(given).not.toContain(token());
  });

  it('lets in a tab that has the cookie, among others', async () => {
    expect((await post({ cookie: `a=b; ${cookie}; c=d`, origin: origin() })).status).toBe(204);
  });

  it.each([
    ['nothing', () => ({ origin: origin() })],
    ['a wrong token', () => ({ origin: origin(), authorization: `Bearer ${'f'.repeat(64)}` })],
    ['a wrong cookie', () => ({ origin: origin(), cookie: `hindcast-${server.port}=${'f'.repeat(64)}` })],
    ['an empty cookie', () => ({ origin: origin(), cookie: `hindcast-${server.port}=` })],
    ['the token as a cookie', () => ({ origin: origin(), cookie: `hindcast-${server.port}=${token()}` })],
    [
      'the cookie of another port',
      () => ({ origin: origin(), cookie: cookie.replace(String(server.port), '1') }),
    ],
    ['another origin', () => ({ origin: 'http://evil.example', cookie })],
    ['no origin', () => ({ cookie })],
  ])('refuses %s', async (_name, headers) => {
    expect((await post(headers() as Record<string, string>)).status).toBe(401);
  });
});

describe('the API', () => {
  /** The status of the handshake: 101 when it was let in. */
  function knock(options: { origin?: string; cookie?: string; host?: string }): Promise<number> {
    return new Promise((resolve) => {
      const socket = new WsSocket(`ws://127.0.0.1:${server.port}/?tab=1`, {
        ...(options.origin !== undefined && { origin: options.origin }),
        headers: {
          cookie: options.cookie ?? cookie,
          ...(options.host !== undefined && { host: options.host }),
        },
      });
      socket.on('upgrade', () => resolve(101));
      socket.on('open', () => socket.close());
      socket.on('unexpected-response', (_request, response) => {
        resolve(response.statusCode ?? 0);
        socket.terminate();
      });
      socket.on('error', () => {});
    });
  }

  it('lets in its own page of a browser that was let in', async () => {
    const socket = new WsSocket(`ws://127.0.0.1:${server.port}/`, { origin: origin(), headers: { cookie } });
    await new Promise((resolve) => socket.once('open', resolve));
    const echo = new Promise((resolve) => socket.once('message', (data) => resolve(String(data))));
    socket.send('text');
    expect(await echo).toBe('text');
    socket.close();
    expect(accepted).toBe(1);
  });

  it.each([
    ['no origin', () => knock({})],
    ['another origin', () => knock({ origin: 'http://evil.example' })],
    ['another port', () => knock({ origin: 'http://127.0.0.1:1' })],
    [
      'a wrong cookie',
      () => knock({ origin: origin(), cookie: `hindcast-${server.port}=${'f'.repeat(64)}` }),
    ],
    ['no cookie', () => knock({ origin: origin(), cookie: '' })],
    [
      'a name of elsewhere',
      () => knock({ origin: `http://evil.example:${server.port}`, host: `evil.example:${server.port}` }),
    ],
  ])('refuses %s', async (_name, attempt) => {
    expect(await attempt()).toBe(401);
    expect(accepted).toBe(0);
  });
});

describe('uploads', () => {
  const headers = () => ({ cookie, origin: origin() });
  const post = (name: string, body: string, given: Record<string, string> = headers()) =>
    ask(`/uploads?name=${encodeURIComponent(name)}`, { method: 'POST', headers: given, body });

  it('keeps a file under its own name until it is released', async () => {
    const answer = await post('über stocks.csv', 'a,b\n1,2\n');
    expect(answer.status).toBe(201);
    const { id, path, bytes } = JSON.parse(answer.body);
    expect(basename(path)).toBe('über stocks.csv');
    expect(bytes).toBe(8);
    expect(readFileSync(path, 'utf8')).toBe('a,b\n1,2\n');
    expect((await ask(`/uploads?id=${id}`, { method: 'DELETE', headers: headers() })).status).toBe(204);
    expect(existsSync(path)).toBe(false);
  });

  it('keeps files together that belong together, each once', async () => {
    const beside = (name: string, body: string, folder: string) =>
      ask(`/uploads?name=${name}&folder=${folder}`, { method: 'POST', headers: headers(), body });
    const first = JSON.parse((await post('card.json', '{}')).body);
    const second = JSON.parse((await beside('model.json', '[]', first.id)).body);
    expect(second.id).toBe(first.id);
    expect(dirname(second.path)).toBe(dirname(first.path));
    expect((await beside('card.json', 'another', first.id)).status).toBe(422);
    expect(readFileSync(first.path, 'utf8')).toBe('{}');
    await ask(`/uploads?id=${first.id}`, { method: 'DELETE', headers: headers() });
    expect(existsSync(second.path)).toBe(false);
    const late = await beside('weights.bin', 'x', first.id);
    expect(late.status).toBe(422);
    expect(late.body).toContain('upload all of them again');
  });

  it('never leaves its folder, whatever the name says', async () => {
    for (const [name, expected] of [
      ['../../evil.csv', 'evil.csv'],
      ['C:\\temp\\x.csv', 'x.csv'],
      ['..', 'upload'],
      ['', 'upload'],
      ['a\u0000b.csv', 'a_b.csv'],
    ]) {
      const { path } = JSON.parse((await post(name!, 'x')).body);
      expect(basename(path)).toBe(expected);
      expect(path).toContain('hindcast-uploads-');
    }
  });

  it('takes nothing without the cookie or from another page, and leaves nothing when it ends', async () => {
    expect((await post('x.csv', 'x', { origin: origin() })).status).toBe(401);
    expect((await post('x.csv', 'x', { ...headers(), origin: 'http://evil.example' })).status).toBe(401);
    const { path } = JSON.parse((await post('x.csv', 'x')).body);
    uploads.close();
    expect(existsSync(path)).toBe(false);
  });
});

describe('a preferred port', () => {
  const start = (port: PortChoice) =>
    startWorkbenchServer({
      folder: join(folder, 'renderer'),
      log: () => {},
      uploads,
      accept: () => {},
      port,
    });
  const parts = ({ address }: WorkbenchServer) => new URL(address);

  it('is the same at the next start, under another token', async () => {
    const port = { preferred: await freePort() };
    const first = await start(port);
    await first.close();
    const second = await start(port);
    await second.close();
    expect(first.port).toBe(port.preferred);
    expect(parts(second).origin).toBe(parts(first).origin);
    expect(parts(second).hash).not.toBe(parts(first).hash);
  });

  it('gives way to any that is free where it is taken', async () => {
    const other = await start({ preferred: server.port });
    expect(other.port).not.toBe(server.port);
    const page = await fetch(parts(other).origin);
    await other.close();
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain(`ws://127.0.0.1:${other.port}`);
  });

  it('is below those that systems give away by themselves, and needs no rights', () => {
    expect(WORKBENCH_PORT).toBeGreaterThan(1024);
    expect(WORKBENCH_PORT).toBeLessThan(32_768);
  });
});

it('says what to do where its port is taken or its page was not built', async () => {
  const again = { folder: join(folder, 'renderer'), log: () => {}, uploads, accept: () => {} };
  await expect(startWorkbenchServer({ ...again, port: server.port })).rejects.toMatchObject({
    code: 'conflict',
    message: `Port ${server.port} of 127.0.0.1 is taken by another program; choose another one, or leave it out.`,
  });
  await expect(startWorkbenchServer({ ...again, folder })).rejects.toMatchObject({
    code: 'file-missing',
    message: expect.stringContaining('npm run build'),
  });
});
