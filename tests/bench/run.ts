// `npm run bench -- NAME...`: measurements, as ratios or against stated targets; never part of the tests.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const here = import.meta.dirname;
const names = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const unknown = wanted.filter((name) => !names.includes(name));
if (wanted.length === 0 || unknown.length > 0) {
  if (unknown.length > 0) console.error(`There is no benchmark ${unknown.join(', ')}.`);
  console.error(`usage: npm run bench -- NAME...   (${names.join(', ')})`);
  process.exit(2);
}
for (const name of wanted) {
  const { bench } = (await import(pathToFileURL(join(here, name, 'bench.ts')).href)) as {
    bench(): Promise<void>;
  };
  await bench();
}
