import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createPieceSaver } from '../../electron/save-pieces.ts';

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-save-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
const bytes = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer;

test('pieces become one file when they are all there; until then the old file stays', async () => {
  const folder = freshFolder();
  const path = join(folder, 'copy.hindcast');
  writeFileSync(path, 'old');
  const saver = createPieceSaver();
  const id = await saver.begin(path);
  await saver.append(id, bytes('one '));
  await saver.append(id, bytes('two'));
  expect(readFileSync(path, 'utf8')).toBe('old');
  expect(await saver.end(id, true)).toBe(path);
  expect(readFileSync(path, 'utf8')).toBe('one two');
  expect(readdirSync(folder)).toEqual(['copy.hindcast']);
});

test('what is given up leaves nothing, and is over', async () => {
  const folder = freshFolder();
  const saver = createPieceSaver();
  const id = await saver.begin(join(folder, 'copy.hindcast'));
  await saver.append(id, bytes('half'));
  expect(await saver.end(id, false)).toBeNull();
  expect(readdirSync(folder)).toEqual([]);
  await expect(saver.append(id, bytes('more'))).rejects.toThrow('Nothing is being saved');
  await expect(saver.end('another', true)).rejects.toThrow('Nothing is being saved');
});
