// Where a pool is, and whether the way there must be encrypted.
import { readFileSync } from 'node:fs';
import { HindcastError } from '../../contract/values/errors.ts';

export interface PoolAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** Encrypted, with a certificate of a known authority that names the host. */
  readonly tls: boolean;
  /** Certificate of the authority, as PEM; null: those that Node knows. */
  readonly ca: string | null;
}

const EXAMPLE = 'postgres://USER@HOST:5432/DATABASE';
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/i;

/** Traffic that never leaves this machine needs no TLS. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

/** `db.example.org:5432/hindcast` for messages: without user and password. */
export const addressText = ({ host, port, database }: PoolAddress): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}/${database}`;

/** @throws HindcastError `invalid-input` that never repeats the text, since that may hold a password */
export function parsePoolUrl(text: string): PoolAddress {
  const url = URL.parse(text);
  if (!url || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw refused(`is none; it looks like ${EXAMPLE}`);
  }
  if (url.password !== '') {
    throw refused(
      'has a password in it, which a command line shows to every user of this machine; leave it out and give it by --password-file FILE or in HINDCAST_POOL_PASSWORD',
    );
  }
  const host = decodeURIComponent(url.hostname).replace(/^\[(.*)\]$/, '$1');
  const database = decodeURIComponent(url.pathname.slice(1));
  const user = decodeURIComponent(url.username);
  if (host === '' || database === '' || user === '')
    throw refused(`needs a host, a user and a database, as in ${EXAMPLE}`);
  return {
    host,
    port: url.port === '' ? 5432 : Number(url.port),
    database,
    user,
    ...tlsOf(host, url.searchParams),
  };
}

function tlsOf(host: string, options: URLSearchParams): Pick<PoolAddress, 'tls' | 'ca'> {
  for (const name of options.keys())
    if (name !== 'sslmode' && name !== 'sslrootcert')
      throw refused(`has the option "${name}"; it may have sslmode and sslrootcert`);
  const mode = options.get('sslmode');
  if (mode !== null && mode !== 'verify-full') {
    throw refused(
      `asks for sslmode=${mode}; only verify-full protects the way to the server, and only a server on this machine goes without it`,
    );
  }
  const file = options.get('sslrootcert');
  return { tls: mode !== null || !isLoopback(host), ca: file === null ? null : readCertificate(file) };
}

function readCertificate(path: string): string {
  try {
    const text = readFileSync(path, 'utf8');
    if (text.includes('BEGIN CERTIFICATE')) return text;
  } catch (cause) {
    throw new HindcastError('file-missing', `The certificate ${path} (sslrootcert) cannot be read.`, {
      cause,
    });
  }
  throw new HindcastError('invalid-input', `${path} (sslrootcert) holds no certificate in PEM.`);
}

function refused(why: string): HindcastError {
  return new HindcastError('invalid-input', `The address of the pool ${why}.`);
}
