// A picture that cannot be read is named: the engine gets its bytes alone.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { HindcastError } from '../../../engine/contract/values/errors.ts';
import type { VerbContext } from '../../../engine/hosts/cli/context.ts';
import { caption } from '../../../engine/hosts/cli/verbs/caption.ts';

const folder = mkdtempSync(join(tmpdir(), 'hindcast-caption-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const answering = (write: () => Promise<unknown>) =>
  ({ connect: async () => ({ client: { captioning: { write } } }) }) as unknown as VerbContext;

test('what the engine says of a file is said with its name; other errors stay as they are', async () => {
  const file = join(folder, 'notes.txt');
  writeFileSync(file, 'no picture');
  const asked = { run: 1, pictures: [file] } as unknown as Parameters<typeof caption>[1];
  const unreadable = async () => {
    throw new HindcastError('file-unreadable', 'it is no picture of a known form: .png, .jpg, .gif');
  };
  await expect(caption(answering(unreadable), asked)).rejects.toThrow(
    'notes.txt cannot be read: it is no picture of a known form: .png, .jpg, .gif; name another file.',
  );
  const other = async () => {
    throw new HindcastError('conflict', 'Run 1 has no finished weights.');
  };
  await expect(caption(answering(other), asked)).rejects.toThrow(/^Run 1 has no finished weights\.$/);
});

test('where nothing was written, a note says for which picture', async () => {
  const [one, other] = ['one.png', 'other.png'].map((name) => join(folder, name)) as [string, string];
  for (const path of [one, other]) writeFileSync(path, 'x');
  const texts = ['', 'a bird'];
  const said: string[] = [];
  const context = {
    ...answering(async () => ({ text: texts.shift(), alternatives: [] })),
    terminal: { err: (text: string) => void said.push(text) },
  } as unknown as VerbContext;
  const { text } = await caption(context, { run: 1 as never, pictures: [one, other] });
  expect(said).toEqual(['note: the model wrote nothing for one.png\n']);
  expect(text).toBe('one.png: \nother.png: a bird');
});
