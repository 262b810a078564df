// A page that names files it did not upload.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { connectEngine } from '../../../engine/connect/connection.ts';
import { openMessagePort } from '../../../engine/connect/message-port.ts';
import { contract } from '../../../engine/contract/api/api.ts';
import { createChannel } from '../../../engine/hosts/engine/channel.ts';
import { confined, FILE_FIELDS } from '../../../engine/hosts/engine/confined.ts';
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
    const source = { kind: 'file' as const, path: join(uploads, '1', 'own.csv'), more: [path] };
    await expect(client.datasets.preview({ source }), path).rejects.toMatchObject({
      code: 'invalid-input',
    });
  }
  const sample = { kind: 'sample', name: 'co2-concentration.csv' } as const;
  expect((await client.datasets.preview({ source: sample })).recipe.source.sample).toBe(sample.name);
  await close();
});

/** What looks like the name of a file, and is none of this machine. */
const NO_FILES: ReadonlySet<string> = new Set(['target', 'direction']);

test('every field of the API that names a file is known', () => {
  const names = new Set<string>();
  const visit = (schema: unknown): void => {
    if (typeof schema !== 'object' || schema === null) return;
    for (const [key, inner] of Object.entries(schema)) {
      if (key === 'properties') for (const name of Object.keys(inner as object)) names.add(name);
      visit(inner);
    }
  };
  for (const procedure of proceduresOf(contract)) {
    const { inputSchema } = procedure['~orpc'];
    if (inputSchema) visit(z.toJSONSchema(inputSchema as z.ZodType, { unrepresentable: 'any', io: 'input' }));
  }
  expect([...names].filter((name) => FILE_FIELDS.has(name)).sort()).toEqual([...FILE_FIELDS].sort());
  const suspicious = [...names].filter((name) =>
    /path|folder|file|dir|more|target$|location|url|uri/i.test(name),
  );
  expect(suspicious.filter((name) => !FILE_FIELDS.has(name) && !NO_FILES.has(name))).toEqual([]);
});

test('a call takes nothing that JSON cannot carry: the engine cuts off a client that sends bytes', () => {
  for (const procedure of proceduresOf(contract)) {
    const { inputSchema } = procedure['~orpc'];
    if (inputSchema) expect(() => z.toJSONSchema(inputSchema as z.ZodType, { io: 'input' })).not.toThrow();
  }
});

interface Procedure {
  readonly '~orpc': { readonly inputSchema?: unknown };
}

function proceduresOf(level: object): Procedure[] {
  return Object.values(level).flatMap((inner) => {
    if (typeof inner !== 'object' || inner === null) return [];
    return '~orpc' in inner ? [inner as Procedure] : proceduresOf(inner);
  });
}
