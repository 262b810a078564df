// A suspended client or host: its sockets stay open, and nothing comes over them.
import { EventEmitter } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket as WsSocket } from 'ws';
import { connectEngine } from '../../../engine/connect/connection.ts';
import type { Channel } from '../../../engine/hosts/engine/channel.ts';
import { keepHeartbeat } from '../../../engine/hosts/engine/heartbeat.ts';
import { openWebSocketDoor } from '../../../engine/hosts/engine/websocket-server.ts';

async function door(heartbeatMs: number) {
  const channels: Channel[] = [];
  const opened = await openWebSocketDoor({
    log: () => {},
    heartbeatMs,
    allows: () => true,
    accept: (channel) => void channels.push(channel),
  });
  return { ...opened, channels };
}

async function clientOf(port: number, options = {}): Promise<WsSocket> {
  const client = new WsSocket(`ws://127.0.0.1:${port}/`, options);
  client.on('error', () => {});
  await new Promise((resolve) => client.once('open', resolve));
  return client;
}

test('a client that reads nothing more is ended; one that reads stays', async () => {
  const { port, clients, channels, close } = await door(100);
  const reader = await clientOf(port);
  const suspended = await clientOf(port);
  suspended.pause();
  const ended = new Promise<void>((resolve) => channels[1]!.on('close', () => resolve()));
  for (let sent = 0; sent < 40; sent++) channels[1]!.postMessage('x'.repeat(1024 * 1024));
  await ended;
  await expect.poll(() => clients()).toBe(1);
  expect(reader.readyState).toBe(WsSocket.OPEN);
  reader.close();
  suspended.terminate();
  await close();
});

test('a client that vanished without a word is ended, one that answers stays', async () => {
  const { port, clients, close } = await door(100);
  const there = await clientOf(port);
  const vanished = await clientOf(port, { autoPong: false });
  await new Promise((resolve) => vanished.once('close', resolve));
  await expect.poll(() => clients()).toBe(1);
  expect(there.readyState).toBe(WsSocket.OPEN);
  there.terminate();
  await close();
});

/** A client that answers when the test says so. */
function playedClient() {
  const client = Object.assign(new EventEmitter(), {
    bufferedAmount: 0,
    pings: 0,
    isEnded: false,
    ping() {
      client.pings++;
    },
    terminate() {
      client.isEnded = true;
    },
  });
  return client;
}

test('a client that is too busy for every other ping stays, and two pings in a row without an answer end it', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const client = playedClient();
  onTestFinished(keepHeartbeat(new Set([client as never]), 1_000));
  /** `answers`: what was sent while this process was held up is read after its timers. */
  const beat = async (answers = false) => {
    vi.advanceTimersByTime(1_000);
    if (answers) client.emit('pong');
    await new Promise((resolve) => setImmediate(resolve));
  };
  for (let round = 1; round <= 3; round++) {
    await beat(round > 1);
    await beat();
    expect([client.pings, client.isEnded]).toEqual([2 * round, false]);
  }
  await beat();
  expect([client.pings, client.isEnded]).toEqual([6, true]);
});

test('a client that does not read its answers cannot ask for more until it does', async () => {
  const { port, channels, close } = await door(60_000);
  const client = await clientOf(port);
  const asked: unknown[] = [];
  channels[0]!.on('message', ({ data }) => {
    asked.push(data);
    channels[0]!.postMessage('x'.repeat(4 * 1024 * 1024));
  });
  client.pause();
  // Longer than what is read at once: of short ones that arrive together all are there before the first answer.
  const call = 'x'.repeat(2 ** 17);
  for (let calls = 0; calls < 50; calls++) client.send(call);
  await expect.poll(() => asked.length).toBeGreaterThan(2);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(asked.length).toBeLessThan(50);
  client.resume();
  await expect.poll(() => asked.length).toBe(50);
  client.terminate();
  await close();
});

test('a call to an engine that is suspended fails, instead of waiting for ever', async () => {
  let pings = 0;
  const connection = connectEngine(
    async () => ({
      link: {
        call: ([, name]) => {
          if (name === 'ping') pings += 1;
          return new Promise(() => {});
        },
      },
      closed: new Promise(() => {}),
      close: () => {},
    }),
    { everyMs: 5, most: 2 },
  );
  await expect(connection.client.runs.stop({ run: 1 })).rejects.toMatchObject({ code: 'connection-lost' });
  expect(pings).toBe(2);
  await connection.close();
});
