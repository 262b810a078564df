import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { HindcastError } from '../../engine/contract/values/errors.ts';
import { addressText, parsePoolUrl } from '../../engine/pool/link/address.ts';
import { asPoolError } from '../../engine/pool/link/failures.ts';
import { decodeMessage, encodeMessage } from '../../engine/pool/mail/codec.ts';
import { fromPosition, positionOf } from '../../engine/pool/mail/position.ts';
import { joinFile, readJoinFile } from '../../engine/pool/setup/join-file.ts';

const NOW = Date.UTC(2026, 10, 29);
const address = parsePoolUrl('postgres://ana@127.0.0.1/lab');

function fileWith(content: unknown, mode = 0o600): string {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-join-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'n1.join');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  chmodSync(path, mode);
  return path;
}

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (cause) {
    if (cause instanceof HindcastError) return cause.message;
    throw cause;
  }
  throw new Error('nothing was refused');
}

describe('the address of a pool', () => {
  test('needs TLS anywhere but on this machine', () => {
    expect(parsePoolUrl('postgres://ana@db.example.org/lab')).toMatchObject({ tls: true, port: 5432 });
    expect(parsePoolUrl('postgresql://ana@10.0.0.7:6000/lab')).toMatchObject({ tls: true, port: 6000 });
    for (const host of ['127.0.0.1', 'localhost', '[::1]'])
      expect(parsePoolUrl(`postgres://ana@${host}/lab`).tls).toBe(false);
    expect(parsePoolUrl('postgres://ana@127.0.0.1/lab?sslmode=verify-full').tls).toBe(true);
    // Names that only begin like this machine.
    expect(parsePoolUrl('postgres://ana@localhost.example.org/lab').tls).toBe(true);
    expect(parsePoolUrl('postgres://ana@127.0.0.1.example.org/lab').tls).toBe(true);
    expect(addressText(parsePoolUrl('postgres://ana@[::1]:6000/lab'))).toBe('[::1]:6000/lab');
  });

  test.each([
    ['db.example.org', 'is none'],
    ['mysql://ana@db/lab', 'is none'],
    ['postgres://db/lab', 'needs a host, a user and a database'],
    ['postgres://ana@db', 'needs a host, a user and a database'],
    ['postgres://ana@db/lab?sslmode=require', 'only verify-full'],
    ['postgres://ana@127.0.0.1/lab?sslmode=disable', 'only verify-full'],
    ['postgres://ana@db/lab?options=x', 'has the option "options"'],
    ['postgres://ana@db/lab?sslrootcert=/nowhere/ca.pem', 'cannot be read'],
  ])('%s is refused', (url, why) => {
    expect(messageOf(() => parsePoolUrl(url))).toContain(why);
  });

  test('with a password is refused, and the password is not repeated', () => {
    const message = messageOf(() => parsePoolUrl('postgres://ana:geheim@db/lab'));
    expect(message).toContain('has a password in it');
    expect(message).not.toContain('geheim');
  });
});

describe('a join file', () => {
  const good = joinFile({ address, password: 'geheim', validUntilMs: NOW + 1 });

  test('is read', () => expect(readJoinFile(fileWith(good), NOW)).toEqual(good));

  test.each([0o644, 0o640, 0o604, 0o660])('that others can read (%o) is refused', (mode) => {
    expect(messageOf(() => readJoinFile(fileWith(good, mode), NOW))).toMatch(
      new RegExp(`can be read by other users \\(its mode is ${mode.toString(8)}\\).*chmod 600`),
    );
  });

  test.each([
    ['that has run out', { ...good, validUntilMs: NOW - 1 }, 'has run out on 2026-11-28'],
    ['of another version', { ...good, version: 99 }, 'for a pool of version 99'],
    ['without a password', { ...good, password: '' }, 'is none (its field "password" is wrong)'],
    ['of another format', { format: 'hindcast-pool' }, 'is none'],
    ['that is no JSON', 'hello', 'is none'],
    ['that is empty', '', 'is none'],
  ])('%s is refused', (_what, content, why) => {
    const message = messageOf(() => readJoinFile(fileWith(content), NOW));
    expect(message).toContain(why);
    expect(message).not.toContain('geheim');
  });

  test('that is not there is refused', () => {
    expect(messageOf(() => readJoinFile('/nowhere/n1.join', NOW))).toContain('is not there');
  });
});

test('failures of the server are sentences without its password', () => {
  const sentence = (cause: object) => asPoolError(Object.assign(new Error('x'), cause), address).message;
  expect(sentence({ code: 'ECONNREFUSED' })).toContain(
    '127.0.0.1:5432/lab cannot be reached (connection refused)',
  );
  expect(sentence({ code: '28P01' })).toContain('does not accept the login ana');
  expect(sentence({ code: '3F000' })).toContain('has no Hindcast pool');
  expect(sentence({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' })).toContain('names another host');
  expect(asPoolError(new Error('The server does not support SSL connections'), address).message).toContain(
    'offers no TLS',
  );
  const both = new AggregateError([Object.assign(new Error('x'), { code: 'ECONNREFUSED' })]);
  expect(asPoolError(both, address).code).toBe('connection-lost');
  expect(asPoolError(Object.assign(new Error('x'), { code: '28P01' }), address).code).toBe('invalid-input');
});

describe('a message on its way', () => {
  const message = {
    type: 'steps',
    message: 3,
    values: Float64Array.of(0.1, Number.NaN, Number.NEGATIVE_INFINITY, -0, 5e-324),
    data: new Uint8Array([1, 2, 255]),
    empty: new Uint8Array(0),
    secondsLeft: Number.NaN,
    scores: [{ value: Number.POSITIVE_INFINITY }, { value: -0 }],
    reason: null,
    text: 'Schärfe',
  };

  test.each([false, true])('keeps every bit (in pieces: %s)', (split) => {
    const { body, pieces } = encodeMessage(message, split);
    expect(pieces.length > 0).toBe(split);
    const read = decodeMessage(body, pieces) as typeof message;
    expect(read).toEqual(message);
    expect(Object.is(read.values[3], -0) && Object.is(read.scores[1]!.value, -0)).toBe(true);
  });

  test('as a Buffer comes back as bytes', () => {
    const { body } = encodeMessage({ data: Buffer.from([7, 8]) });
    expect(decodeMessage(body, [])).toEqual({ data: new Uint8Array([7, 8]) });
  });

  test('that is long travels in pieces of a mebibyte', () => {
    const weights = new Uint8Array(2.5 * 2 ** 20).fill(9);
    const { body, pieces } = encodeMessage({ weights });
    expect(pieces.map(({ length }) => length / 2 ** 20)).toEqual([1, 1, 0.5]);
    expect(decodeMessage(body, pieces)).toEqual({ weights });
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['a length beyond its end', Buffer.from([255, 255, 255, 127, 1])],
    ['no JSON', Buffer.concat([Buffer.from([2, 0, 0, 0]), Buffer.from('{x')])],
    ['an array beyond its end', encodeMessage({ a: new Uint8Array(9) }).body.subarray(0, -1)],
  ])('of %s is refused', (_what, body) => {
    expect(messageOf(() => decodeMessage(body, []))).toContain('cannot be read');
  });
});

test('positions grow with the attempt, then with the number', () => {
  const positions = [
    { attempt: 1, number: 0 },
    { attempt: 1, number: 7 },
    { attempt: 2, number: 0 },
    { attempt: 2, number: 1 },
  ];
  const numbers = positions.map(positionOf);
  expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers);
  expect(numbers.map(fromPosition)).toEqual(positions);
});
