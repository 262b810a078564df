// The data of the presets: from the files of a package or archive to what a user would import.
import { linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { firstNames as FIRST_NAMES } from '../../../engine/data/samples/packages/first-names.ts';
import { languages as LANGUAGES } from '../../../engine/data/samples/packages/languages.ts';
import { mails as MAILS } from '../../../engine/data/samples/packages/mails.ts';
import type { SamplePackage, WrittenSamples } from '../../../engine/data/samples/packages/sample-package.ts';
import { written } from './preset.ts';

/** Makes of `data`, as --data names it, a file or folder to import, below `folder`. */
type Prepare = (data: string, folder: string) => string;

export const asItIs: Prepare = (data) => resolve(data);

/** The official split: recordings 0 to 4 of each speaker and digit are tested. */
export const spokenDigits: Prepare = (data, folder) => {
  for (const part of ['train', 'test']) mkdirSync(join(folder, 'digits', part), { recursive: true });
  for (const name of readdirSync(data)) {
    if (!name.endsWith('.wav')) continue;
    const index = Number(/_(\d+)\.wav$/.exec(name)?.[1]);
    linkOrCopy(join(data, name), join(folder, 'digits', index <= 4 ? 'test' : 'train', name));
  }
  return join(folder, 'digits');
};

/** Of equal sequences the first. */
export const spliceSites: Prepare = (data, folder) => {
  const [header, ...rows] = readFileSync(data, 'utf8').trim().split('\n');
  const first = new Map(rows.toReversed().map((row) => [row.split(',')[0], row]));
  return written(join(folder, 'splice.csv'), [
    header!,
    ...rows.filter((row) => first.get(row.split(',')[0]) === row),
  ]);
};

/** As *Add sample data* writes them. */
const ofPackage =
  ({ wants, write }: SamplePackage, foldersOf: (data: string) => readonly string[]): Prepare =>
  (data, folder) => {
    const packages = foldersOf(data).map((from) => {
      const paths = readdirSync(from, { recursive: true, encoding: 'utf8' }).map((path) =>
        path.replaceAll(sep, '/'),
      );
      return new Map(paths.filter(wants).map((path) => [path, readFileSync(join(from, path))]));
    });
    const { file, content } = textOf(write(packages));
    return written(join(folder, file), content.trimEnd().split('\n'));
  };

function textOf(samples: WrittenSamples): { readonly file: string; readonly content: string } {
  if ('content' in samples) return samples;
  throw new Error(`${samples.file} is a folder of files.`);
}

export const mails = ofPackage(MAILS, (data) => [data]);
export const firstNames = ofPackage(FIRST_NAMES, (data) =>
  ['female', 'male'].map((gender) => join(data, `datasets-${gender}-first-names-en`)),
);
export const languages = ofPackage(LANGUAGES, (data) => [data]);

/** One reading a row. The number of the reading is left out: the events of a sensor lie one behind the other. */
export const sensors: Prepare = (data, folder) => {
  const file = join(data, 'suthaharan-single-hop-sensor-network', 'data', 'data.csv');
  const [, ...rows] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  const kept = rows.map((row) => {
    const [, mote, , humidity, temperature, label] = row.split(',');
    return `${mote},${humidity},${temperature},${label === '1' ? 'event' : 'none'}`;
  });
  return written(join(folder, 'sensors.csv'), ['mote,humidity,temperature,label', ...kept]);
};

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    writeFileSync(to, readFileSync(from));
  }
}
