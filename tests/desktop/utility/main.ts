// An Electron main process that runs an engine in a real utility process and prints its observations as one line of JSON.
import { join } from 'node:path';
import { app, MessageChannelMain } from 'electron';
import { startInUtilityProcess } from '../../../electron/start-in-utility-process.ts';
import { connectEngine } from '../../../engine/connect/connection.ts';
import { openMessagePort } from '../../../engine/connect/message-port.ts';
import { keepEngine } from '../../../engine/hosts/utility/engine-keeper.ts';

async function run(): Promise<Record<string, unknown>> {
  const states: string[] = [];
  const engine = keepEngine({
    nowMs: () => performance.now(),
    start: () => startInUtilityProcess(join(import.meta.dirname, 'engine.js'), ['the workspace'], () => {}),
  });
  const restarted = Promise.withResolvers<void>();
  engine.onState(({ state }) => {
    states.push(state);
    if (state === 'running') restarted.resolve();
  });
  const { client, close } = connectEngine(async () => {
    const { port1, port2 } = new MessageChannelMain();
    engine.connect(port1);
    return openMessagePort(port2);
  });
  const first = await client.engine.describe();
  const bytes = [...new Uint8Array(await (await client.runs.list({})).arrayBuffer())];
  let loss: number | undefined;
  for await (const { sequence, body } of await client.events.watch({ after: 6 })) {
    if (sequence === 7 && body.type === 'run.progressed') loss = body.trainLoss;
  }
  const crash = await client.queue.get().then(
    () => 'answered',
    (error: { code?: string }) => error.code,
  );
  await restarted.promise;
  const second = await client.engine.describe();
  await close();
  const lastPid = engine.pid;
  await engine.close();
  return {
    states,
    bytes,
    crash,
    loss: String(loss),
    workspace: first.workspace.path,
    anotherProcess: first.hostPid !== second.hostPid && second.hostPid === lastPid,
    notOurs: first.hostPid !== process.pid,
    ended: engine.pid === undefined,
  };
}

app
  .whenReady()
  .then(run)
  .then(
    (seen) => {
      process.stdout.write(`SEEN ${JSON.stringify(seen)}\n`, () => app.exit(0));
    },
    (cause: unknown) => {
      process.stderr.write(`${cause instanceof Error ? cause.stack : String(cause)}\n`, () => app.exit(1));
    },
  );
