// Malformed messages: the engine closes the connection on which they came, and answers all others.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WebSocket as WsSocket } from 'ws';
import { connectEngine } from '../../../engine/connect/connection.ts';
import { openWebSocket } from '../../../engine/connect/websocket.ts';
import { MOST_CALL_BYTES } from '../../../engine/contract/api/message-limit.ts';
import { createChannel } from '../../../engine/hosts/engine/channel.ts';
import { findFault } from '../../../engine/hosts/engine/envelope.ts';
import type { Parent } from '../../../engine/hosts/utility/parent.ts';
import { fuzzChannels, fuzzSockets } from '../../fuzz/api.ts';
import { NO_CALLS } from '../../fuzz/messages.ts';
import { startTestHost, temporaryFolder } from './fixture.ts';

const SEED = 20_261_129;

async function host() {
  const started = await startTestHost(join(temporaryFolder(), 'test.hindcast'));
  if (!started) throw new Error('no other process can host a new folder');
  return started;
}

const addressOf = ({ port, token }: { port: number; token: string }) =>
  `ws://127.0.0.1:${port}/?token=${token}`;

test(`thousands of malformed messages end nothing but their own lines (seed ${SEED})`, async () => {
  const engine = await host();
  const failures: unknown[] = [];
  const note = (cause: unknown) => void failures.push(cause);
  process.on('unhandledRejection', note);
  try {
    const channels = await fuzzChannels(engine, SEED, 4_000);
    const sockets = await fuzzSockets(addressOf(engine), SEED + 1, 300);
    expect(channels).toMatchObject({ sent: 4_000, closed: expect.any(Number) });
    expect(channels.closed + sockets.closed).toBeGreaterThan(2_000);
    expect(channels.answers).toBeGreaterThan(100);
  } finally {
    process.off('unhandledRejection', note);
  }
  expect(failures).toEqual([]);
  expect(await engine.link.call(['queue', 'get'], undefined, { context: {} })).toMatchObject({ queued: [] });
});

test.each([
  ...NO_CALLS,
  '{"i":"1","t":99,"p":{"u":"/runs/list"}}',
  '{"i":"1","p":{"u":"/a","h":{"content-type":"multipart/form-data; boundary=x"}}}',
  Uint8Array.of(123, 125, 255),
  7,
  null,
  { i: '1' },
])('%j is no call', (message) => {
  expect(findFault(message)).toEqual(expect.any(String));
}); // prettier-ignore

test.each([
  '{"i":"1","p":{"u":"/runs/list"}}',
  '{"i":"a","p":{"u":"/runs/get","b":{"json":{"run":1},"meta":[]}}}',
  '{"i":"1","t":4}',
])('%s is one', (message) => expect(findFault(message)).toBeNull());

test('a call that nests 100,000 deep is none', () => {
  expect(findFault(`{"i":"1","p":{"u":"/a","b":${'['.repeat(100_000)}`)).toContain('too deep');
});

test('a call beyond the limit is refused with a sentence where it is made, and ends only the line that sends it all the same', async () => {
  const engine = await host();
  const client = connectEngine(() => openWebSocket(addressOf(engine)));
  const text = 'x'.repeat(MOST_CALL_BYTES + 1);
  await expect(client.client.runs.rename({ run: text, name: 'a' })).rejects.toMatchObject({
    code: 'invalid-input',
    message: expect.stringContaining('up to 16 MB'),
  });
  const raw = new WsSocket(addressOf(engine));
  raw.on('error', () => {});
  const code = await new Promise((resolve) => {
    raw.on('open', () => raw.send(text));
    raw.on('close', resolve);
  });
  expect(code).toBe(1009);
  expect(await client.client.queue.get()).toMatchObject({ queued: [] });
  await client.close();
});

test('the parent process of an engine may send what it likes', async () => {
  const sent: ((raw: unknown) => void)[] = [];
  const on = process.on;
  process.on = ((event: string, listener: never) =>
    event === 'message' ? sent.push(listener) : on.call(process, event, listener)) as never;
  let parent: Parent;
  try {
    const { findParent } = await import('../../../engine/hosts/utility/parent.ts');
    parent = findParent();
  } finally {
    process.on = on;
  }
  const heard: unknown[] = [];
  parent.onChannel((channel) => channel.on('message', ({ data }) => void heard.push(data)));
  parent.onClose(() => heard.push('closed'));
  const say = sent[0]!;
  for (const raw of [
    null,
    undefined,
    7,
    'x',
    {},
    { type: 'other' },
    { type: 'message' },
    { type: 'channel', channel: 'a' },
  ])
    say(raw);
  expect(heard).toEqual([]);
  say({ type: 'channel', channel: 1 });
  say({ type: 'message', channel: 1, data: 'text' });
  say({ type: 'close' });
  expect(heard).toEqual(['text', 'closed']);
});

test('a channel whose other side sends an object is closed as well', async () => {
  const engine = await host();
  const hungUp = Promise.withResolvers<void>();
  const end = createChannel({ send: () => {}, hangUp: hungUp.resolve });
  engine.accept(end.channel);
  end.deliver({ i: '1', p: { u: '/runs/list', b: {} } } as never);
  await hungUp.promise;
});
