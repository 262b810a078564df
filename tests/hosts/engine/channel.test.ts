// Channels: a client gets the same answers from every process that accepts it, even through a process that is only attached.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectEngine, type EngineConnection } from '../../../engine/connect/connection.ts';
import { openMessagePort } from '../../../engine/connect/message-port.ts';
import { readRunList } from '../../../engine/contract/runs/run-list.ts';
import { createChannel } from '../../../engine/hosts/engine/channel.ts';
import { type OpenEngine, openEngine } from '../../../engine/hosts/engine/open-engine.ts';

let folder: string;
const opened: { close(): Promise<void> }[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hindcast-channel-'));
});

afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
  rmSync(folder, { recursive: true, force: true });
});

async function engine(): Promise<OpenEngine> {
  const open = await openEngine({ workspacePath: join(folder, 'try.hindcast'), log: () => {} });
  opened.push(open);
  return open;
}

/** A client that reaches the engine over a real MessageChannel. */
function clientOf(open: OpenEngine): EngineConnection {
  const connection = connectEngine(async () => {
    const { port1, port2 } = new MessageChannel();
    const end = createChannel({ send: (message) => port2.postMessage(message), hangUp: () => port2.close() });
    port2.addEventListener('message', ({ data }) => end.deliver(data));
    port2.addEventListener('close', () => end.ended());
    port2.start();
    open.accept(end.channel);
    return openMessagePort(port1);
  });
  opened.push(connection);
  return connection;
}

test('a message port carries calls, frames and streams', async () => {
  const { client, watchEvents } = clientOf(await engine());
  expect(await client.queue.setLimit({ limit: 3 })).toMatchObject({ limit: 3 });
  expect(await readRunList(await client.runs.list({}))).toEqual([]);
  const ended = new AbortController();
  for await (const event of watchEvents({ after: 0, signal: ended.signal })) {
    expect(event.body).toEqual({ type: 'queue.changed', queued: [], limit: 3 });
    ended.abort();
  }
});

test('an attached process hands a channel on to the host', async () => {
  const host = await engine();
  const attached = await engine();
  expect([host.role(), attached.role()]).toEqual(['host', 'attached']);
  const { client } = clientOf(attached);
  await client.queue.setLimit({ limit: 5 });
  expect(await host.client.queue.get()).toMatchObject({ limit: 5 });
  expect(await readRunList(await client.runs.list({}))).toEqual([]);
  await expect(client.datasets.get({ dataset: 'none' })).rejects.toMatchObject({ code: 'not-found' });
});

test('a channel whose host went away reaches the one that took over', async () => {
  const host = await engine();
  const attached = await engine();
  const { client, ready } = clientOf(attached);
  await ready();
  await client.engine.describe();
  await host.close();
  opened.splice(opened.indexOf(host), 1);
  const answer = await retried(() => client.engine.describe());
  expect(answer.workspace.path).toBe(join(folder, 'try.hindcast'));
  expect(attached.role()).toBe('host');
});

/** Calls until the new channel is open: calls that were pending when the old one broke fail at once, and never hang. */
async function retried<T>(call: () => Promise<T>): Promise<T> {
  for (const deadline = Date.now() + 120_000; ; ) {
    try {
      return await call();
    } catch (cause) {
      expect(cause).toMatchObject({ code: 'connection-lost' });
      if (Date.now() > deadline) throw cause;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
