// The way to a server by TLS: only a certificate of a known authority that names the host will do.
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PoolAddress, parsePoolUrl } from '../../engine/pool/link/address.ts';
import { createLink } from '../../engine/pool/link/link.ts';
import { PASSWORD, postgresPrograms, startPostgres, type TestServer } from './postgres.ts';

const WHY = postgresPrograms() === null ? ' (SKIPPED: PostgreSQL is not installed)' : '';

/** An authority and a server's certificate for 127.0.0.1. */
function makeCertificates(folder: string): void {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...fresh,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '2',
    '-subj',
    '/CN=authority',
  );
  openssl('req', ...fresh, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=server');
  writeFileSync(join(folder, 'names'), 'subjectAltName=IP:127.0.0.1,DNS:db.example.org\n');
  openssl(
    'x509',
    '-req',
    '-in',
    'server.csr',
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-out',
    'server.crt',
    '-days',
    '2',
    '-extfile',
    'names',
  );
}

describe.skipIf(WHY !== '')(`a server with a certificate${WHY}`, () => {
  let server: TestServer;
  let address: PoolAddress;
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-tls-'));
  beforeAll(async () => {
    makeCertificates(folder);
    server = await startPostgres({
      settings: ['ssl=on'],
      prepare(data, { uid, gid }) {
        for (const name of ['server.key', 'server.crt']) {
          copyFileSync(join(folder, name), join(data, name));
          chmodSync(join(data, name), 0o600);
          if (uid !== undefined && gid !== undefined) chownSync(join(data, name), uid, gid);
        }
      },
    });
    address = parsePoolUrl(`${server.url}?sslmode=verify-full&sslrootcert=${join(folder, 'ca.pem')}`);
  });
  afterAll(async () => {
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function ask(changes: Partial<PoolAddress>): Promise<unknown> {
    const link = createLink({
      address: { ...address, ...changes },
      password: PASSWORD,
      name: 'test',
      checksVersion: false,
    });
    try {
      const [row] = await link.query('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()');
      return row?.ssl;
    } finally {
      await link.close();
    }
  }

  test('is asked over TLS where the certificate names the host', async () => {
    expect(await ask({})).toBe(true);
  });

  test('is refused where its certificate names another host', async () => {
    await expect(ask({ host: 'localhost' })).rejects.toThrow(/not trusted \(it names another host\)/);
  });

  test('is refused where its authority is not known', async () => {
    await expect(ask({ ca: null })).rejects.toThrow(/not trusted \(its authority is not known\)/);
  });
});
