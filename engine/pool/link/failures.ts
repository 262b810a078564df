// What PostgreSQL and the way to it can refuse, each as one sentence. None repeats a password.
import { HindcastError } from '../../contract/values/errors.ts';
import { reasonOf } from '../../contract/values/system-errors.ts';
import { WORKER_ROLE } from '../setup/schema.ts';
import { addressText, type PoolAddress } from './address.ts';

type Sentence = (address: PoolAddress) => string;

const at = (address: PoolAddress) => `PostgreSQL at ${addressText(address)}`;
const unreachable =
  (why: string): Sentence =>
  (address) =>
    `${at(address)} cannot be reached (${why}): see that it runs and that this machine may connect to it.`;
const distrusted =
  (why: string): Sentence =>
  (address) =>
    `${at(address)} has a certificate that is not trusted (${why}): name the certificate of its authority by ?sslrootcert=FILE, and the host as the certificate names it.`;
const noPool: Sentence = (address) =>
  `${at(address)} has no Hindcast pool: \`hindcast pool init\` makes one there.`;
const noLogin: Sentence = (address) =>
  `${at(address)} does not accept the login ${address.user}: its password is wrong, or the login was taken away or has run out.`;

/** By the code of the error: PostgreSQL's, Node's or OpenSSL's. */
const SENTENCES: Readonly<Record<string, Sentence>> = {
  ECONNREFUSED: unreachable('connection refused'),
  ENOTFOUND: unreachable('no such host'),
  EAI_AGAIN: unreachable('the name of the host could not be looked up'),
  ETIMEDOUT: unreachable('no answer'),
  EHOSTUNREACH: unreachable('no route to it'),
  ENETUNREACH: unreachable('no network'),
  ECONNRESET: unreachable('the connection was cut'),
  EPIPE: unreachable('the connection was cut'),
  '57P01': unreachable('it is shutting down'),
  '57P03': unreachable('it is starting up'),
  '53300': unreachable('it has no connection left'),
  '53100': unreachable('its disk is full'),
  '40001': unreachable('it asks to try again'),
  '40P01': unreachable('it asks to try again'),
  '57014': unreachable('it took too long'),
  '28P01': noLogin,
  '28000': noLogin,
  '3D000': (address) =>
    `PostgreSQL at ${address.host}:${address.port} has no database "${address.database}".`,
  '3F000': noPool,
  '42883': noPool,
  '42P01': noPool,
  '42501': (address) =>
    `${at(address)} does not let ${address.user} do this: a pool is made by a role that may create roles and schemas; a worker needs the role ${WORKER_ROLE}.`,
  DEPTH_ZERO_SELF_SIGNED_CERT: distrusted('it is its own authority'),
  SELF_SIGNED_CERT_IN_CHAIN: distrusted('its authority is not known'),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: distrusted('its authority is not known'),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: distrusted('its authority is not known'),
  CERT_HAS_EXPIRED: distrusted('it has run out'),
  ERR_TLS_CERT_ALTNAME_INVALID: distrusted('it names another host'),
};

/** Messages of errors without a code. */
const BY_MESSAGE: readonly (readonly [RegExp, Sentence])[] = [
  [
    /does not support SSL/,
    (address) =>
      `${at(address)} offers no TLS: a pool on another machine needs it (ssl = on in postgresql.conf), since data and models travel through it.`,
  ],
  [/password must be a string|no password/i, noLogin],
  [/terminated|timeout|not queryable/i, unreachable('no answer')],
];

/** The worker is not registered any more: it says hello again. */
export const UNKNOWN_WORKER = 'HC001';

const RELOGIN = new Set(['28P01', '28000', '3D000', '3F000', '42883', '42P01', '42501']);

/** Waiting may help: the server, or the way to it, is down. */
export const isPassing = (error: HindcastError): boolean => error.code === 'connection-lost';

/** No retry helps: the login was taken away, or the worker is not registered any more. */
export const isLasting = ({ code, details }: HindcastError): boolean =>
  code === 'invalid-input' || code === 'conflict' || details?.code === UNKNOWN_WORKER;

export function asPoolError(cause: unknown, address: PoolAddress): HindcastError {
  if (cause instanceof HindcastError) return cause;
  const code = codeOf(cause);
  const text = reasonOf(cause);
  const sentence =
    (code === undefined ? undefined : SENTENCES[code]) ?? BY_MESSAGE.find(([form]) => form.test(text))?.[1];
  if (!sentence)
    return new HindcastError('internal', `${at(address)}: ${text}`, { cause, details: { code } });
  const lasts =
    (code !== undefined && RELOGIN.has(code)) ||
    /certificate|offers no TLS|does not accept/.test(sentence(address));
  return new HindcastError(lasts ? 'invalid-input' : 'connection-lost', sentence(address), {
    cause,
    details: { code },
  });
}

/** Node puts several tries (IPv4, IPv6) into one error. */
function codeOf(cause: unknown): string | undefined {
  if (typeof cause !== 'object' || cause === null) return undefined;
  if ('code' in cause && typeof cause.code === 'string') return cause.code;
  if (cause instanceof AggregateError) return codeOf(cause.errors[0]);
  return undefined;
}
