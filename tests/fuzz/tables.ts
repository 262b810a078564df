// Tables that no importer should see: random tables in random dialects, damaged at random. The same seed gives the same file.
import { type RandomNumbers, randomFrom } from './random.ts';

const DELIMITERS = [',', ';', '\t', '|', ' '];
const BREAKS = ['\n', '\r\n', '\r'];
const NAMES = [
  'date',
  'time',
  'v',
  'Close',
  'id',
  'station',
  'Temp °C',
  '"a ""b"""',
  '',
  '2020',
  '00:30',
  'Year',
  'Month',
  'x,y',
];
const WORDS = [
  '',
  'NA',
  'a',
  'Calm',
  '-',
  '*',
  '1.234,5',
  '1,234',
  '$5',
  '<1',
  '5 %',
  '"two\nlines"',
  "'q'",
  '1e20',
  '-999',
  'T',
  'ä',
  '\u2212',
];
const NOISE = [
  '"',
  "'",
  '\0',
  '\ufffd',
  ';',
  ',',
  '\t',
  '\n',
  '\r',
  '#',
  '\u001a',
  '{',
  '[',
  '\u2028',
  'C,',
  'sep=;\n',
  '\ufeff',
];

const pick = <T>(random: RandomNumbers, list: readonly T[]): T => list[random.below(list.length)] as T;

function timeOf(random: RandomNumbers, kind: number, row: number): string {
  const at = new Date(Date.UTC(2024, 0, 1) + row * 3_600_000);
  const iso = at.toISOString();
  const forms = [
    iso.slice(0, 19),
    iso.slice(0, 10),
    `${at.getUTCDate()}.${at.getUTCMonth() + 1}.2024 ${at.getUTCHours()}:00`,
    String(at.getTime()),
    String(at.getTime() / 1000),
    `${at.getUTCMonth() + 1}/${at.getUTCDate()}/24`,
    String(2000 + row),
    String(row),
    `2024-W${String(1 + (row % 52)).padStart(2, '0')}`,
  ];
  return random.below(60) === 0 ? pick(random, WORDS) : (forms[kind % forms.length] ?? '');
}

function tableOf(random: RandomNumbers): string {
  const delimiter = pick(random, DELIMITERS);
  const lineBreak = pick(random, BREAKS);
  const columns = 1 + random.below(8);
  const rows = 4 + random.below(40);
  const kind = random.below(9);
  const lines: string[] = [];
  for (let i = random.below(4) === 0 ? random.below(6) : 0; i > 0; i--)
    lines.push(pick(random, ['# note', 'Station: X', '', 'a;b', 'key,1,2']));
  for (let i = random.below(5) === 0 ? random.below(4) : 1; i > 0; i--)
    lines.push(
      Array.from({ length: columns }, (_, c) => (c === 0 ? 'time' : pick(random, NAMES))).join(delimiter),
    );
  for (let row = 0; row < rows; row++) {
    const cells = Array.from({ length: columns }, (_, c) => {
      if (c === 0) return timeOf(random, kind, row);
      return random.below(20) === 0 ? pick(random, WORDS) : String(random.below(1000) / 10);
    });
    if (random.below(25) === 0) cells.pop();
    lines.push(cells.join(delimiter));
    if (random.below(30) === 0) lines.push('');
  }
  return lines.join(lineBreak) + (random.below(2) === 0 ? lineBreak : '');
}

function damaged(random: RandomNumbers, bytes: Buffer): Buffer {
  const at = random.below(bytes.length + 1);
  const to = Math.min(bytes.length, at + random.below(40));
  switch (random.below(6)) {
    case 0:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(pick(random, NOISE)), bytes.subarray(at)]);
    case 1:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]);
    case 2:
      return Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)]);
    case 3:
      return bytes.subarray(0, at);
    case 4: {
      const copy = Buffer.from(bytes);
      if (copy.length > 0) copy[random.below(copy.length)] = random.below(256);
      return copy;
    }
    default:
      return Buffer.from(bytes.toString('latin1').replaceAll(',', pick(random, NOISE)), 'latin1');
  }
}

/** The bytes of file number `index`. */
export function fuzzedTable(seed: number, index: number): Buffer {
  const random = randomFrom(seed * 1_000_003 + index);
  let bytes: Buffer = Buffer.from(tableOf(random));
  for (let i = random.below(3); i > 0; i--) bytes = damaged(random, bytes);
  return random.below(20) === 0 ? Buffer.from(bytes.toString('utf8'), 'utf16le') : bytes;
}
