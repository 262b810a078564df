// A host on a fresh workspace, and a connection to it whose sockets a test can cut.
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type EngineHost, startEngineHost } from '../../../engine/hosts/engine/engine-host.ts';
import { samplePath, workerEntry } from '../../../engine/hosts/node/paths.ts';
import { startNodeWorker } from '../../../engine/hosts/node/worker-process.ts';

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-host-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function startTestHost(workspacePath: string): Promise<EngineHost | null> {
  const host = await startEngineHost({
    workspacePath,
    version: '0.0.0',
    now: Date.now,
    log: () => {},
    startTrainer: () => startNodeWorker(workerEntry('trainer'), () => {}),
    startJobProcess: () => startNodeWorker(workerEntry('trainer'), () => {}),
    startImporter: () => startNodeWorker(workerEntry('importer'), () => {}),
    samplePath,
  });
  if (host) onTestFinished(() => host.close());
  return host;
}

export interface CuttableProxy {
  readonly port: number;
  /** Destroys every connection, wherever its bytes are. */
  cut(): void;
}

/** Passes bytes on to `target` on the loopback address. */
export async function startProxy(target: number): Promise<CuttableProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(async () => {
    cut();
    await new Promise((resolve) => server.close(resolve));
  });
  return { port: (server.address() as AddressInfo).port, cut };
}
