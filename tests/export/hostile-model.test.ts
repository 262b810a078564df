// Hostile files in the folder of an exported model.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findGraphFault } from '../../engine/export/tfjs/graph-fault.ts';
import { readModelFile } from '../../engine/services/forecasts/model-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hindcast-hostile-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a regular file is read', async () => {
  writeFileSync(join(folder, 'card.json'), '{}');
  expect((await readModelFile(folder, 'card.json', 10)).toString()).toBe('{}');
});

test.runIf(process.platform !== 'win32').each([
  ['a device', () => symlinkSync('/dev/zero', join(folder, 'card.json')), /is a link/],
  ['a pipe', () => execFileSync('mkfifo', [join(folder, 'card.json')]), /is no regular file/],
  ['a folder', () => mkdirSync(join(folder, 'card.json')), /is no regular file/],
  ['a link out of the folder', () => symlinkSync('/etc/passwd', join(folder, 'card.json')), /is a link/],
  [
    'a file beyond the limit',
    () => writeFileSync(join(folder, 'card.json'), 'x'.repeat(11)),
    /11 bytes, more than 10/,
  ],
])('%s is refused with a sentence', async (_name, make, message) => {
  make();
  await expect(readModelFile(folder, 'card.json', 10)).rejects.toMatchObject({
    code: 'file-unreadable',
    message: expect.stringMatching(message),
  });
});

test('a file that is missing is named', async () => {
  await expect(readModelFile(folder, 'card.json', 10)).rejects.toMatchObject({ code: 'file-missing' });
});

const graph = (layers: readonly { name: string; from: string[] }[]): string =>
  JSON.stringify({
    modelTopology: {
      model_config: {
        config: {
          layers: layers.map(({ name, from }) => ({
            name,
            inbound_nodes: from.length > 0 ? [from.map((one) => [one, 0, 0, {}])] : [],
          })),
        },
      },
    },
  });

test.each([
  [
    'a chain',
    graph([
      { name: 'a', from: [] },
      { name: 'b', from: ['a'] },
      { name: 'c', from: ['a', 'b'] },
    ]),
    null,
  ],
  ['a layer of itself', graph([{ name: 'a', from: ['a'] }]), 'lead back'],
  [
    'a circle',
    graph([
      { name: 'a', from: ['c'] },
      { name: 'b', from: ['a'] },
      { name: 'c', from: ['b'] },
    ]),
    'lead back',
  ],
  ['no graph', '{}', 'no graph'],
  ['no JSON', 'x', 'no graph'],
  ['a deep one', '['.repeat(100_000), 'too deep'],
])('%s', (_name, text, fault) => {
  const found = findGraphFault(text);
  if (fault === null) expect(found).toBeNull();
  else expect(found).toContain(fault);
}); // prettier-ignore
