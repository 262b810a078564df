// The folder of a package emoji-datasource-*: pictures of emoji with their names. An emoji in several skin tones is one group.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { SetAsideRow } from '../../../contract/datasets/dataset.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { sourceName } from '../../../contract/values/source-name.ts';
import { throwIfCancelled } from '../../import/abort.ts';
import { readSampleFile } from './folder-form.ts';
import { recipeWith } from './json-lines.ts';
import { collectPictures } from './pictures/collect-pictures.ts';
import type { RawSamples, ReadRequest, SampleForm } from './raw-samples.ts';

const LIST = 'emoji.json';
/** Pixels of a side; the smallest pictures of the package. */
const SIZE = '64';

export const emojiForm: SampleForm = {
  recognises: async ({ path, isFolder }) => isFolder && (await picturesIn(path)) !== null,
  isOnlySamples: true,
  read: readEmoji,
};

/** The folder of the pictures; null where this is no such package. */
async function picturesIn(root: string): Promise<string | null> {
  const names: readonly string[] = await readdir(root).catch(() => []);
  if (!names.includes(LIST) || !names.includes('img')) return null;
  const [maker] = (await readdir(join(root, 'img')).catch(() => [])).toSorted();
  if (maker === undefined) return null;
  const folder = join(root, 'img', maker, SIZE);
  return (await readdir(folder).catch(() => null)) === null ? null : folder;
}

const PictureSchema = z.object({ image: z.string().regex(/^[0-9a-z-]+\.png$/) });
const EmojiSchema = PictureSchema.extend({
  name: z.string(),
  unified: z.string(),
  skin_variations: z.record(z.string(), PictureSchema).optional(),
});

const TONES: Readonly<Record<string, string>> = {
  '1F3FB': 'light',
  '1F3FC': 'medium-light',
  '1F3FD': 'medium',
  '1F3FE': 'medium-dark',
  '1F3FF': 'dark',
};

interface Drawn {
  readonly image: string;
  readonly caption: string;
  /** The emoji without a skin tone. */
  readonly base: string;
}

function drawnIn(text: string, path: string): Drawn[] {
  const found = z.array(EmojiSchema).safeParse(JSON.parse(text));
  if (!found.success)
    throw new HindcastError(
      'file-unreadable',
      `${LIST} has another form than that of emoji-datasource; fetch the package again.`,
      { details: { file: path } },
    );
  return found.data.flatMap(({ image, name, unified, skin_variations: variations = {} }) => {
    const caption = name.toLowerCase();
    const toned = Object.entries(variations).map(([tones, { image: other }]) => {
      const words = tones.split('-').map((tone) => TONES[tone] ?? tone);
      return { image: other, caption: `${caption}: ${words.join(' and ')} skin tone`, base: unified };
    });
    return [{ image, caption, base: unified }, ...toned];
  });
}

async function readEmoji({ path, sample, options, signal, progress }: ReadRequest): Promise<RawSamples> {
  const folder = (await picturesIn(path))!;
  const list = join(path, LIST);
  const drawn = drawnIn(await readFile(list, 'utf8'), list);
  const pictures = collectPictures('image', options);
  const hash = createHash('sha256');
  const rows: string[][] = [];
  const lines: number[] = [];
  const setAside: SetAsideRow[] = [];
  let bytes = 0;
  for (const [index, { image, caption, base }] of drawn.entries()) {
    throwIfCancelled(signal);
    try {
      const data = await readSampleFile(join(folder, image));
      bytes += data.length;
      hash.update(`${image}\n${caption}\n`).update(data);
      pictures.add([data]);
      rows.push([image, base, caption]);
      lines.push(index + 1);
    } catch (cause) {
      const reason = HindcastError.wrap(cause, 'its picture cannot be read').message;
      setAside.push({ line: index + 1, column: null, reason, raw: image });
    }
    progress((index + 1) / drawn.length);
  }
  return {
    form: 'emoji with their names',
    names: ['file', 'emoji', 'caption'],
    rows,
    lines,
    input: rows.length > 0 ? { name: 'image', kind: 'image', values: pictures.finish() } : undefined,
    isUnlabelled: true,
    roles: { nameColumn: 'file', groupColumn: 'emoji', targetColumn: 'caption', inputColumn: 'image' },
    setAside,
    notes: [],
    recipe: recipeWith({ path: sourceName(path), bytes, sha256: hash.digest('hex'), sample }),
  };
}
