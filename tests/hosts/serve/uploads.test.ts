// Uploads that are released while another file joins them.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createUploads, type Uploads } from '../../../engine/hosts/serve/uploads.ts';

let uploads: Uploads;
beforeEach(() => {
  uploads = createUploads();
});
afterEach(() => uploads.close());

test.each(['begun', 'about to begin'])(
  'a file that joins a folder released when it was %s is refused and brings nothing back',
  async (when) => {
    const first = await uploads.receive('card.json', Readable.from(['{}']));
    const content = new PassThrough();
    const joining = uploads.receive('weights.bin', content, first.id);
    content.write('x');
    const begun = join(dirname(first.path), 'weights.bin');
    if (when === 'begun') await vi.waitFor(() => expect(existsSync(begun)).toBe(true));
    uploads.release(first.id);
    content.end('y');
    await expect(joining).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('upload all of them again'),
    });
    expect(existsSync(dirname(first.path))).toBe(false);
    await expect(uploads.receive('model.json', Readable.from(['x']), first.id)).rejects.toMatchObject({
      code: 'not-found',
    });
  },
);

test('a file that breaks off leaves nothing; beside others, only itself goes', async () => {
  const broken = () =>
    Readable.from(
      (async function* () {
        yield 'x';
        throw new Error('the line went dead');
      })(),
    );
  const first = await uploads.receive('card.json', Readable.from(['{}']));
  await expect(uploads.receive('model.json', broken(), first.id)).rejects.toMatchObject({
    code: 'file-unreadable',
  });
  expect(readFileSync(first.path, 'utf8')).toBe('{}');
  const again = await uploads.receive('model.json', Readable.from(['[]']), first.id);
  expect(readFileSync(again.path, 'utf8')).toBe('[]');
});

test('a name that is taken says so', async () => {
  const first = await uploads.receive('card.json', Readable.from(['{}']));
  await expect(uploads.receive('card.json', Readable.from(['other']), first.id)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('is there already'),
  });
  expect(readFileSync(first.path, 'utf8')).toBe('{}');
});
