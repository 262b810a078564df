// A suspended client or host: its sockets stay open, and nothing comes over them.
import { expect, test } from 'vitest';
import { WebSocket as WsSocket } from 'ws';
import { connectEngine } from '../../../engine/connect/connection.ts';
import type { Channel } from '../../../engine/hosts/engine/channel.ts';
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

test('a client that vanished without a word is ended, one that is too busy for every other ping stays', async () => {
  const { port, clients, close } = await door(200);
  const busy = await clientOf(port, { autoPong: false });
  let pings = 0;
  busy.on('ping', () => {
    pings += 1;
    if (pings % 2 === 0) busy.pong();
  });
  const vanished = await clientOf(port, { autoPong: false });
  const ended = new Promise((resolve) => vanished.once('close', resolve));
  await ended;
  await expect.poll(() => pings).toBeGreaterThan(3);
  expect(busy.readyState).toBe(WsSocket.OPEN);
  expect(clients()).toBe(1);
  busy.terminate();
  await close();
});

test('an answer that arrived while this process was held up is read before it is missed', async () => {
  const { port, clients, close } = await door(20);
  const client = await clientOf(port, { autoPong: false });
  let pings = 0;
  client.on('ping', () => {
    pings += 1;
    if (pings % 2 !== 0) return;
    client.pong();
    // The next ping is due before this answer is read.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30);
  });
  await expect.poll(() => pings > 9 || clients() === 0).toBe(true);
  expect(clients()).toBe(1);
  client.terminate();
  await close();
});

test('a client that does not read its answers cannot ask for more until it does', async () => {
  const { port, channels, close } = await door(60_000);
  const client = await clientOf(port);
  const asked: unknown[] = [];
  channels[0]!.on('message', ({ data }) => {
    asked.push(data);
    channels[0]!.postMessage('x'.repeat(8 * 1024 * 1024));
  });
  client.pause();
  for (let calls = 0; calls < 50; calls++) client.send(`call ${calls}`);
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
