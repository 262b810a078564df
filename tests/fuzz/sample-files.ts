// Files of samples that no importer should see: a small sound file of each form, damaged at random. The same seed gives the same file.
import { deflateRawSync, gzipSync } from 'node:zlib';
import { type RandomNumbers, randomFrom } from './random.ts';

export interface FuzzedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

const numbers = (random: RandomNumbers, count: number): string =>
  Array.from({ length: count }, () => String(random.below(1_000) / 10)).join(',');

function wave(random: RandomNumbers): Buffer {
  const samples = Buffer.alloc(2 * (200 + random.below(800)));
  for (let at = 0; at < samples.length; at++) samples[at] = random.below(256);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

interface Entry {
  readonly name: string;
  readonly data: Buffer;
}

/** CRCs are left out: the importer takes the lengths. */
function zip(entries: readonly Entry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, data } of entries) {
    const packed = deflateRawSync(data);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(data.length, 22);
    head.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    head.copy(central, 6, 4, 28);
    central.writeUInt32LE(at, 42);
    parts.push(head, Buffer.from(name), packed);
    directory.push(central, Buffer.from(name));
    at += head.length + name.length + packed.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

const CLASSES = ['cats', 'dogs'];

const FORMS: readonly ((random: RandomNumbers) => FuzzedFile)[] = [
  (random) => ({
    name: 'a.ts',
    bytes: Buffer.from(
      `# a comment\n@problemName x\n@timestamps false\n@univariate false\n@classLabel true a b\n@data\n${lines(8, (i) => `${numbers(random, 9)}:${numbers(random, 9)}:${'ab'[i % 2]}`)}\n`,
    ),
  }),
  (random) => ({
    name: 'times.ts',
    bytes: Buffer.from(
      `@problemName x\n@timestamps true\n@classLabel true a b\n@data\n${lines(6, (i) => `(0,${random.below(9)}),(1,${random.below(9)}):${'ab'[i % 2]}`)}\n`,
    ),
  }),
  (random) => ({
    name: 'a.arff',
    bytes: Buffer.from(
      `% a comment\n@relation x\n@attribute u numeric\n@attribute 'v w' real\n@attribute class {a,b}\n@data\n${lines(8, (i) => `${numbers(random, 2)},${'ab'[i % 2]}`)}\n`,
    ),
  }),
  (random) => ({
    name: 'series.arff',
    bytes: Buffer.from(
      `@relation x\n@attribute bag relational\n@attribute t0 numeric\n@attribute t1 numeric\n@end bag\n@attribute class {a,b}\n@data\n${lines(6, (i) => `'${numbers(random, 2)}\\n${numbers(random, 2)}',${'ab'[i % 2]}`)}\n`,
    ),
  }),
  (random) => ({
    name: 'a.fasta',
    bytes: Buffer.from(
      lines(
        8,
        (i) => `>seq${i} label=${'ab'[i % 2]}|${CLASSES[i % 2]}\nACGT${'ACGTN'[random.below(5)]}\nGGTA`,
      ),
    ),
  }),
  (random) => ({
    name: 'a.fastq',
    bytes: Buffer.from(lines(8, (i) => `@read${i} ${'ab'[i % 2]}\nACGTA\n+\nII${'!~5'[random.below(3)]}II`)),
  }),
  (random) => ({
    name: 'a.abc',
    bytes: Buffer.from(
      lines(5, (i) => `X:${i}\nT:Tune ${random.below(9)}\nM:4/4\nK:D\n|:dfaf gbag|fded c2A2:|\n`),
    ),
  }),
  (random) => ({
    name: 'a.txt',
    bytes: Buffer.from(lines(40, (i) => `A line ${i} of the text, with ${random.below(99)} words and more.`)),
  }),
  (random) => ({
    name: 'a.jsonl',
    bytes: Buffer.from(
      lines(8, (i) => JSON.stringify({ text: `the text ${random.below(99)} of it`, label: 'ab'[i % 2] })),
    ),
  }),
  (random) => ({
    name: 'a.csv',
    bytes: Buffer.from(
      `text,label\n${lines(12, (i) => `"the text, number ${random.below(99)} of them",${'ab'[i % 2]}`)}\n`,
    ),
  }),
  (random) => ({
    name: 'sounds.zip',
    bytes: zip(
      Array.from({ length: 6 }, (_, i) => ({ name: `${CLASSES[i % 2]}/${i}.wav`, data: wave(random) })),
    ),
  }),
  (random) => ({
    name: 'texts.zip',
    bytes: zip(
      Array.from({ length: 6 }, (_, i) => ({
        name: `train/${CLASSES[i % 2]}/${i}.txt`,
        data: Buffer.from(`a text of ${random.below(99)} words`),
      })),
    ),
  }),
  (random) => ({
    name: 'a.fasta.gz',
    bytes: gzipSync(lines(4, (i) => `>seq${i} ${'ab'[i % 2]}\nACGT${random.below(2) === 0 ? 'A' : 'C'}`)),
  }),
];

const TOKENS = [
  '\n',
  ' ',
  '\t',
  '\r',
  ',',
  ':',
  '(',
  ')',
  '"',
  "'",
  '\\n',
  '%',
  '#',
  '@',
  '>',
  '+',
  ';',
  '|',
  '0',
  '1',
  '9.',
  'A',
  '?',
  '[',
  '{"a":',
  'X:1\n',
  '@data\n',
  'label=',
  '"",',
  '\0',
  '\u2028',
  'ä',
  'a\r',
  '-',
  'e',
];
/** Of lengths and counts. */
const EXTREMES = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0xffffffff];
/** A step for each pair of such a run would take minutes. */
const MOST_REPEATED = 60_000;

const pick = <T>(random: RandomNumbers, items: readonly T[]): T => items[random.below(items.length)]!;

function damaged(random: RandomNumbers, bytes: Buffer): Buffer {
  const at = random.below(bytes.length + 1);
  const to = Math.min(bytes.length, at + random.below(60));
  const between = (piece: Buffer) => Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
  switch (random.below(8)) {
    case 0:
      return between(Buffer.from(pick(random, TOKENS)));
    case 1:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]);
    case 2:
      return Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)]);
    case 3:
      return bytes.subarray(0, at);
    case 4: {
      const copy = Buffer.from(bytes);
      for (let i = 1 + random.below(4); i > 0 && copy.length > 0; i--)
        copy[random.below(copy.length)] = random.below(256);
      return copy;
    }
    case 5: {
      const copy = Buffer.from(bytes);
      if (copy.length >= 4) copy.writeUInt32LE(pick(random, EXTREMES), random.below(copy.length - 3));
      return copy;
    }
    case 6: {
      const few = random.below(3) > 0;
      const times = 1 + random.below(few ? 60 : MOST_REPEATED);
      return between(Buffer.from(pick(random, TOKENS).repeat(times) + pick(random, TOKENS)));
    }
    default:
      return Buffer.from(
        bytes.toString('latin1').replaceAll(pick(random, TOKENS), pick(random, TOKENS)),
        'latin1',
      );
  }
}

/** File number `index`; one in ten begins with a run of one token, as nobody writes it. */
export function fuzzedSamples(seed: number, index: number): FuzzedFile {
  const random = randomFrom(seed * 1_000_003 + index);
  const { name, bytes } = FORMS[index % FORMS.length]!(random);
  let changed = bytes;
  for (let i = random.below(4); i > 0; i--) changed = damaged(random, changed);
  if (random.below(10) === 0)
    changed = Buffer.concat([Buffer.from(pick(random, TOKENS).repeat(random.below(5_000))), changed]);
  return { name: random.below(8) === 0 ? 'a.data' : name, bytes: changed };
}
