// The engine in a process of plain Node with every channel relayed, as under the page's server.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connectEngine, type EngineConnection } from '../../../engine/connect/connection.ts';
import { openMessagePort } from '../../../engine/connect/message-port.ts';
import { createChannel } from '../../../engine/hosts/engine/channel.ts';
import { workerEntry } from '../../../engine/hosts/node/paths.ts';
import { countRunsOf } from '../../../engine/hosts/utility/count-runs.ts';
import { type EngineKeeper, keepEngine } from '../../../engine/hosts/utility/engine-keeper.ts';
import { startInNode } from '../../../engine/hosts/utility/start-in-node.ts';

let folder: string;
let keeper: EngineKeeper | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hindcast-node-engine-'));
});

afterEach(async () => {
  await keeper?.close();
  rmSync(folder, { recursive: true, force: true });
});

function keep(workspacePath: string): EngineKeeper {
  keeper = keepEngine({
    nowMs: () => performance.now(),
    start: (again) =>
      startInNode(
        process.execPath,
        workerEntry('utility'),
        [workspacePath, ...(again ? ['--existing'] : [])],
        () => {},
      ),
  });
  return keeper;
}

/** A channel for the keeper, and the port at its other end. */
function line() {
  const { port1, port2 } = new MessageChannel();
  const end = createChannel({ send: (message) => port1.postMessage(message), hangUp: () => port1.close() });
  port1.addEventListener('message', ({ data }) => end.deliver(data));
  port1.addEventListener('close', () => end.ended());
  port1.start();
  return { channel: end.channel, port: port2 };
}

const clientOf = (engine: EngineKeeper): EngineConnection =>
  connectEngine(async () => {
    const { channel, port } = line();
    engine.connect(channel);
    return openMessagePort(port);
  });

it('answers, is killed, and answers again without a call left hanging', async () => {
  const engine = keep(join(folder, 'try.hindcast'));
  const { client, close } = clientOf(engine);
  // Before it is open: the line waits.
  expect((await client.engine.describe()).hostPid).toBe(engine.pid);
  expect(await (await client.runs.list({})).arrayBuffer()).toBeInstanceOf(ArrayBuffer);
  const { channel, port } = line();
  expect(await countRunsOf(engine, channel, () => openMessagePort(port))).toBe(0);

  const first = engine.pid!;
  const events = await client.events.watch({ after: 0 });
  const underWay = events.next();
  process.kill(first, 'SIGKILL');
  await expect(underWay).rejects.toBeDefined();
  await expect.poll(() => engine.state.state === 'running' && engine.pid !== first).toBe(true);
  expect((await client.engine.describe()).hostPid).toBe(engine.pid);
  await close();
});

it('says why a workspace cannot be opened', async () => {
  const path = join(folder, 'not-ours.hindcast');
  writeFileSync(path, 'this is no database '.repeat(100));
  const engine = keep(path);
  await expect(engine.opened).rejects.toMatchObject({ code: expect.stringMatching(/^workspace-/) });
});

it('makes no new workspace where it was deleted before the engine died', async () => {
  const path = join(folder, 'gone.hindcast');
  const engine = keep(path);
  await engine.opened;
  rmSync(path);
  process.kill(engine.pid!, 'SIGKILL');
  await expect.poll(() => engine.state.state).toBe('failed');
  expect(engine.state).toMatchObject({ reason: expect.stringContaining('There is no workspace') });
  expect(existsSync(path)).toBe(false);
});
