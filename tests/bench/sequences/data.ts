// The data of the presets: from the files of a package or archive to what a user would import.
import { linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
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

/** Bodies alone: the headers name the servers that collected the mails. */
export const mails: Prepare = (data, folder) => {
  const lines: string[] = [];
  for (const group of readdirSync(join(data, 'data'), { withFileTypes: true })) {
    if (!group.isDirectory()) continue;
    for (const name of readdirSync(join(data, 'data', group.name)).toSorted()) {
      if (!name.endsWith('.json')) continue;
      const { text } = JSON.parse(readFileSync(join(data, 'data', group.name, name), 'utf8')) as {
        text: string;
      };
      const body = text.slice(text.search(/\r?\n\r?\n/) + 1).trim();
      const label = group.name.includes('spam') ? 'spam' : 'ham';
      if (body !== '') lines.push(JSON.stringify({ text: body, label }));
    }
  }
  return written(join(folder, 'mails.jsonl'), lines);
};

/** Names of both genders are left out. */
export const firstNames: Prepare = (data, folder) => {
  const namesOf = (gender: string): Set<string> => {
    const file = join(data, `datasets-${gender}-first-names-en`, 'data', 'names.json');
    return new Set(JSON.parse(readFileSync(file, 'utf8')) as string[]);
  };
  const [female, male] = [namesOf('female'), namesOf('male')];
  const rows = [
    ...[...female].filter((name) => !male.has(name)).map((name) => `${name},female`),
    ...[...male].filter((name) => !female.has(name)).map((name) => `${name},male`),
  ];
  return written(join(folder, 'names.csv'), ['name,gender', ...rows]);
};

const LANGUAGES =
  'ces dan deu_1996 eng est fin fra hrv hun isl ita lav lit nld nob pol por_PT ron_2006 slk slv spa swe cat eus gle cym fao mlt tur'.split(
    ' ',
  );
const PIECE = 20;
const MOST_PIECES = 400;

export const languages: Prepare = (data, folder) => {
  const rows = LANGUAGES.flatMap((code) => {
    const html = readFileSync(join(data, 'declaration', `${code}.html`), 'utf8');
    const text = [...html.matchAll(/<p>([^<]*)<\/p>/g)].map((match) => match[1]).join(' ');
    const tidy = text
      .replace(/&[a-z]+;/g, ' ')
      .replace(/[\s",]+/g, ' ')
      .trim();
    const count = Math.min(MOST_PIECES, Math.floor(tidy.length / PIECE));
    return Array.from(
      { length: count },
      (_, index) => `"${tidy.slice(PIECE * index, PIECE * (index + 1))}",${code}`,
    );
  });
  return written(join(folder, 'languages.csv'), ['text,language', ...rows]);
};

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
