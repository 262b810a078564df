// A page that names files it did not upload.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connectEngine } from '../../../engine/connect/connection.ts';
import { openMessagePort } from '../../../engine/connect/message-port.ts';
import { createChannel } from '../../../engine/hosts/engine/channel.ts';
import { confined } from '../../../engine/hosts/engine/confined.ts';
import { startTestHost, temporaryFolder } from './fixture.ts';

test('reads what was uploaded, and nothing else of the machine', async () => {
  const parent = temporaryFolder();
  const uploads = join(parent, 'uploads');
  mkdirSync(join(uploads, '1'), { recursive: true });
  const table = 'date,level\n2024-01-01,1\n2024-01-02,2\n';
  writeFileSync(join(uploads, '1', 'own.csv'), table);
  writeFileSync(join(parent, 'private.csv'), table);
  symlinkSync(join(parent, 'private.csv'), join(uploads, '1', 'link.csv'));
  mkdirSync(join(parent, 'uploads-of-others'));
  writeFileSync(join(parent, 'uploads-of-others', 'near.csv'), table);
  const host = (await startTestHost(join(parent, 'a.hindcast')))!;
  const { port1, port2 } = new MessageChannel();
  const end = createChannel({ send: (message) => port2.postMessage(message), hangUp: () => port2.close() });
  port2.addEventListener('message', ({ data }) => end.deliver(data));
  port2.start();
  host.accept(confined(end.channel, uploads));
  const { client, close } = connectEngine(async () => openMessagePort(port1));

  const preview = (path: string) => client.datasets.preview({ source: { kind: 'file', path } });
  expect((await preview(join(uploads, '1', 'own.csv'))).recipe.source.path).toBe(
    join(uploads, '1', 'own.csv'),
  );
  for (const path of [
    join(parent, 'private.csv'),
    join(uploads, '..', 'private.csv'),
    join(uploads, '1', 'link.csv'),
    join(parent, 'uploads-of-others', 'near.csv'),
    uploads,
    '/etc/shadow',
  ]) {
    await expect(preview(path), path).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('only name files that were uploaded'),
    });
    await expect(client.runs.exportedModel({ folder: path }), path).rejects.toMatchObject({
      code: 'invalid-input',
    });
  }
  const sample = { kind: 'sample', name: 'co2-concentration.csv' } as const;
  expect((await client.datasets.preview({ source: sample })).recipe.source.sample).toBe(sample.name);
  await close();
});
