// Notice of one package: its licence texts as it ships them, or the text of the licence that its manifest names.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const TEXTS = join(import.meta.dirname, 'texts');

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name?: string };
}

/** @throws Error where the package ships no licence text and names no licence whose text is in `texts/`. */
export function packageNotice(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const { name, version, license } = manifest;
  // Of the libraries inside a compiled file some packages keep the texts beside it.
  const texts = [folder, join(folder, 'dist')].flatMap(textsIn);
  const own =
    texts.length > 0 ? [...new Set(texts)] : [`Copyright (c) ${authorOf(manifest)}`, ...namedTexts(manifest)];
  return [`${name} ${version} (${license ?? 'see below'})`, ...own].join('\n\n');
}

function textsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim())
    .filter((text) => text !== '');
}

const authorOf = ({ name, author }: Manifest): string =>
  (typeof author === 'string' ? author : author?.name) ?? `the authors of ${name}`;

/** `Apache-2.0 AND MIT` names two. */
function namedTexts({ name, version, license }: Manifest): string[] {
  const identifiers = (license ?? '').split(/ AND | OR |[()]/).filter((identifier) => identifier !== '');
  if (identifiers.length === 0)
    throw new Error(`${name} ${version} ships with Hindcast and names no licence`);
  return identifiers.map((identifier) => {
    const file = join(TEXTS, `${identifier}.txt`);
    if (existsSync(file)) return readFileSync(file, 'utf8').trim();
    throw new Error(
      `${name} ${version} ships with Hindcast under ${identifier} without its text; add licences/texts/${identifier}.txt`,
    );
  });
}
