// Sample data of a registry on this machine: what is downloaded is checked and unpacked, other bytes are thrown away, a cancelled or failed download
// leaves nothing behind, and a registry that is not there is said so.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { packageFiles } from '../../engine/data/samples/packages/package-files.ts';
import { SAMPLE_PACKAGES } from '../../engine/data/samples/packages/registry.ts';
import { unpackSampleDataJob } from '../../engine/hosts/trainer/jobs/unpack-sample-data.ts';
import { download } from '../../engine/services/samples/download.ts';
import { npmRegistry } from '../../engine/services/samples/npm-registry.ts';
import { addSampleData, listSampleData } from '../../engine/services/samples/sample-data.ts';

/** A file of a tar; `long`: its name comes in a pax header. */
function entry(path: string, content: string, type = '0'): Buffer {
  const bytes = Buffer.from(content);
  const head = Buffer.alloc(512);
  head.write(path.slice(0, 100), 0);
  head.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
  head.write(type, 156);
  head.write('ustar\0', 257);
  return Buffer.concat([head, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}

const paxOf = (path: string): string => {
  const rest = ` path=${path}\n`;
  return `${rest.length + 2}${rest}`;
};

const archiveOf = (...entries: Buffer[]): Buffer => gzipSync(Buffer.concat([...entries, Buffer.alloc(1024)]));

const ARCHIVE = archiveOf(
  entry('package/package.json', '{}'),
  entry('package/data/names.json', '["Ada","Kim"]'),
  entry('PaxHeader', paxOf(`package/${'deep/'.repeat(30)}far.txt`), 'x'),
  entry('package/deep', 'far'),
);

const from = {
  name: '@made/names',
  version: '1.0.0',
  integrity: `sha512-${createHash('sha512').update(ARCHIVE).digest('base64')}`,
  bytes: ARCHIVE.length,
};

/** @returns its address */
async function serve(bytes: Buffer): Promise<{ registry: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (request.url?.startsWith('/npm/@made/names/-/names-1.0.0.tgz')) response.end(bytes);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { registry: `http://127.0.0.1:${(server.address() as AddressInfo).port}/npm/`, asked };
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-sample-data-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

async function downloaded(
  given: Omit<Parameters<typeof download>[0], 'signal' | 'path'>,
  signal?: AbortSignal,
) {
  const path = join(newFolder(), 'a.tgz');
  let bytes = 0;
  for await (const now of download({ ...given, path, signal })) bytes = now;
  return { path, bytes };
}

test('a package is downloaded whole, and its files are read, also those with long names', async () => {
  const { registry, asked } = await serve(ARCHIVE);
  const { path, bytes } = await downloaded({ from, registry });
  expect(asked).toEqual(['/npm/@made/names/-/names-1.0.0.tgz']);
  expect(bytes).toBe(ARCHIVE.length);
  const files = packageFiles(readFileSync(path), (name) => name !== 'package.json');
  expect([...files.keys()]).toEqual(['data/names.json', `${'deep/'.repeat(30)}far.txt`]);
  expect(files.get('data/names.json')!.toString()).toBe('["Ada","Kim"]');
});

test('other bytes than the known ones are refused: changed, shorter, or without an end', async () => {
  const changed = Buffer.from(ARCHIVE);
  changed[20]! ^= 1;
  for (const bytes of [changed, ARCHIVE.subarray(0, 50), Buffer.concat([ARCHIVE, Buffer.alloc(2 ** 20)])]) {
    const { registry } = await serve(bytes);
    await expect(downloaded({ from, registry })).rejects.toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining('is not the @made/names 1.0.0 that Hindcast knows'),
    });
  }
});

test('a registry that lacks the package, or is not there, is said in a sentence; a cancelled download is one', async () => {
  const { registry } = await serve(ARCHIVE);
  await expect(downloaded({ from: { ...from, version: '2.0.0' }, registry })).rejects.toMatchObject({
    code: 'not-found',
    message: expect.stringContaining('has no @made/names 2.0.0 (it answered 404)'),
  });
  await expect(downloaded({ from, registry: 'http://127.0.0.1:9/' })).rejects.toMatchObject({
    code: 'connection-lost',
    message: expect.stringContaining('cannot be reached'),
  });
  await expect(downloaded({ from, registry }, AbortSignal.abort())).rejects.toMatchObject({
    code: 'cancelled',
  });
});

test('damaged archives are refused', () => {
  const all = () => true;
  expect(() => packageFiles(Buffer.from('no gzip'), all)).toThrow('is damaged');
  expect(() => packageFiles(gzipSync(Buffer.alloc(512, 'x')), all)).toThrow('is damaged');
  expect(() => packageFiles(archiveOf(entry('package/a', 'x', '2')), all)).toThrow('is damaged');
});

test('downloaded names become a file to import', async () => {
  const folder = newFolder();
  const names = (list: string[]) => archiveOf(entry('package/data/names.json', JSON.stringify(list)));
  const archives = ['0.tgz', '1.tgz'].map((name) => join(folder, name));
  writeFileSync(archives[0]!, names(['Ada', 'Kim']));
  writeFileSync(archives[1]!, names(['Kim', 'Bob']));
  const path = await unpackSampleDataJob.run({ name: 'first-names', archives, folder }, {} as never);
  expect(readFileSync(path, 'utf8')).toBe('name,gender\nAda,female\nBob,male\n');
  expect(readdirSync(folder)).toHaveLength(3);
});

test('downloaded emoji become a folder to import, with nothing beside their pictures', async () => {
  const folder = newFolder();
  const { writeFileSync } = await import('node:fs');
  const picture = 'package/img/google/64/1f44b.png';
  const sheet = 'package/img/google/sheets/64.png';
  const out = 'package/img/google/64/../../../../out.png';
  const archive = archiveOf(
    entry('package/emoji.json', '[]'),
    entry(picture, 'a'),
    entry(sheet, 'b'),
    entry(out, 'c'),
  );
  writeFileSync(join(folder, '0.tgz'), archive);
  const archives = [join(folder, '0.tgz')];
  const path = await unpackSampleDataJob.run({ name: 'emoji', archives, folder }, {} as never);
  expect(readdirSync(path, { recursive: true }).map(String).toSorted()).toEqual(
    ['emoji.json', 'img', 'img/google', 'img/google/64', 'img/google/64/1f44b.png'].map((name) =>
      join(...name.split('/')),
    ),
  );
});

test('the registry is the one that npm is set to, and every package is pinned', () => {
  expect(npmRegistry({}, () => '')).toBe('https://registry.npmjs.org/');
  expect(npmRegistry({ npm_config_registry: 'https://npm.example.org/mirror' }, () => '')).toBe(
    'https://npm.example.org/mirror/',
  );
  expect(npmRegistry({}, () => 'a=1\nregistry = https://own.example.org/\n')).toBe(
    'https://own.example.org/',
  );
  expect(npmRegistry({ npm_config_registry: 'file:///etc/' }, () => '')).toBe('https://registry.npmjs.org/');
  for (const { from: packages } of SAMPLE_PACKAGES)
    for (const one of packages) {
      expect(one.integrity).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
      expect(one.version).toMatch(/^\d+\.\d+\.\d+$/);
    }
  const { data } = listSampleData();
  expect(data.find(({ name }) => name === 'first-names')).toMatchObject({
    bytes: 80_825,
    rows: '8,003 names',
  });
});

test('adding what there is not, or from a registry that is not there, says so and leaves no folder behind', async () => {
  const folders = () => readdirSync(tmpdir()).filter((name) => name.includes(`uploads-${process.pid}-`));
  const add = async (name: string) => {
    for await (const _ of addSampleData({} as never, name, undefined));
  };
  await expect(add('mail')).rejects.toThrow('no sample data "mail" (did you mean "mails"?); there are');
  const before = process.env.npm_config_registry;
  process.env.npm_config_registry = 'http://127.0.0.1:9/';
  onTestFinished(() => {
    if (before === undefined) delete process.env.npm_config_registry;
    else process.env.npm_config_registry = before;
  });
  await expect(add('first-names')).rejects.toMatchObject({ code: 'connection-lost' });
  expect(folders()).toEqual([]);
});
