// `npm run bench -- NAME... [options]`: measurements, as ratios or against stated targets; never part of the tests.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readOptions, refuse } from './options.ts';

const here = import.meta.dirname;
const names = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const USAGE = `usage: npm run bench -- NAME...
       npm run bench -- NAME [FILE and options of that benchmark]

Measures, and compares it with the target. NAME: ${names.join(', ')}.
npm run bench -- NAME --help lists the options of a benchmark.`;

const args = process.argv.slice(2);
// The names come first; what follows is for the benchmark.
const rest = args.findIndex((argument) => !names.includes(argument));
const wanted = rest < 0 ? args : args.slice(0, rest);
const given = rest < 0 ? [] : args.slice(rest);
if (wanted.length === 0 && given[0]?.startsWith('-') === false)
  refuse(`There is no benchmark ${given[0]}.`, USAGE);
if (wanted.length === 0) readOptions(given, {}, USAGE);
if (wanted.length === 0) refuse('Which benchmark?', USAGE);
if (wanted.length > 1 && given.length > 0) refuse('Options go with one benchmark alone.', USAGE);

for (const name of wanted) {
  const { bench } = (await import(pathToFileURL(join(here, name, 'bench.ts')).href)) as {
    bench(args: readonly string[]): Promise<void>;
  };
  await bench(given);
}
