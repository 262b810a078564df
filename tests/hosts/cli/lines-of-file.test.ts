// Files of texts for a run are read in the encodings that an import reads; what is no text is refused.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { linesOfFile } from '../../../engine/hosts/cli/verbs/lines-of-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'hindcast-lines-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const TEXT = 'Äpfel\r\n\r\nzwei Birnen\n';

test.each([
  ['utf8.txt', Buffer.from(`\ufeff${TEXT}`)],
  ['utf16.txt', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
  ['latin1.txt', Buffer.from(TEXT, 'latin1')],
  ['old-mac.txt', Buffer.from(TEXT.replace(/\r?\n/g, '\r'))],
])('%s: its lines, without those that hold nothing', async (name, content) => {
  expect(await linesOfFile(file(name, content))).toEqual(['Äpfel', 'zwei Birnen']);
});

test('what is no text is named, and so is what cannot be read', async () => {
  const midi = Buffer.from('MThd\0\0\0\u0006\0\0\0\u0001', 'latin1');
  await expect(linesOfFile(file('tune.mid', midi))).rejects.toThrow(
    'tune.mid is no text; name a file with a text in each line.',
  );
  // Two bytes are one letter of some encodings.
  const noise = Buffer.concat([Buffer.from('\x82\0\xa0\x82\xa2'.repeat(60), 'latin1')]);
  await expect(linesOfFile(file('noise.bin', noise))).rejects.toThrow('noise.bin is no text');
  const picture = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
  await expect(linesOfFile(file('photo.png', picture))).rejects.toThrow('photo.png is no text but a PNG');
  await expect(linesOfFile(join(folder, 'nothing.txt'))).rejects.toThrow('nothing.txt cannot be read');
});
