// Forms that samples come in beside tables: archives, biological sequences, the files of the UCR archive, and rows of numbers.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { type ImportOptions, NO_LINE } from '../../../engine/contract/datasets/dataset.ts';
import type { ImportDescription, ImportedChunk } from '../../../engine/contract/processes/importer.ts';
import { importAny } from '../../../engine/hosts/importer/import-any.ts';
import { samplesFrom } from '../../../engine/store/datasets/sample-reader.ts';
import { pngOf } from './picture-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'hindcast-forms-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

async function read(path: string, options: ImportOptions = {}) {
  let described: ImportDescription | undefined;
  const chunks: ImportedChunk[] = [];
  await importAny(
    { path, sample: null, options },
    {
      progress: () => {},
      described: (description) => {
        described = description;
      },
      chunk: async (chunk) => void chunks.push(chunk),
    },
  );
  const { samples, report, recipe } = described ?? expect.unreachable();
  const { info } = samples ?? expect.unreachable();
  return { info, report, recipe, table: samplesFrom(info, chunks) };
}

interface Entry {
  readonly name: string;
  readonly content: Buffer;
  /** What the directory says of its length. */
  readonly says?: number;
  /** What it says of its checksum: nothing. */
  readonly crc?: number;
}

function archive(entries: readonly Entry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, says = content.length, crc } of entries) {
    const packed = deflateRawSync(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(says, 22);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(crc ?? 0, 16);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(says, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    offset += local.length + name.length + packed.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
}

function wave(samples: number, rate = 8_000): Buffer {
  const data = Buffer.alloc(44 + 2 * samples);
  data.write('RIFF', 0, 'latin1');
  data.write('WAVEfmt ', 8, 'latin1');
  data.writeUInt32LE(16, 16);
  data.writeUInt16LE(1, 20);
  data.writeUInt16LE(1, 22);
  data.writeUInt32LE(rate, 24);
  data.writeUInt16LE(16, 34);
  data.write('data', 36, 'latin1');
  data.writeUInt32LE(2 * samples, 40);
  for (let at = 0; at < samples; at++) data.writeInt16LE(((at * 37) % 200) - 100, 44 + 2 * at);
  return data;
}

test('an archive of recordings is read as its folder; names tell labels and speakers apart', async () => {
  const names = ['0_ann_0', '0_ben_1', '1_ann_0', '1_ben_1', '1_eve_2'];
  const entries = names.map((name, index) => ({ name: `digits/${name}.wav`, content: wave(800 + index) }));
  const found = await read(
    file('digits.zip', archive([...entries, { name: 'digits/2_bad_0.wav', content: Buffer.from('RIFF') }])),
  );
  expect(found.info).toMatchObject({ input: 'audio', label: 'label', group: 'group', groups: 3 });
  expect(found.info.classes).toEqual([
    { name: '1', samples: 3 },
    { name: '0', samples: 2 },
  ]);
  expect(found.report.setAside[0]?.raw).toBe('digits/2_bad_0.wav');
  expect(found.table.columns[0]).toMatchObject({ kind: 'audio', clips: [{ rate: 8_000 }, {}, {}, {}, {}] });
});

test('an archive with a table that names its pictures is read as the folder of that form', async () => {
  const pictures = [0, 1, 2].map((index) => ({
    name: `birds/pictures/${index}.png`,
    content: pngOf(6, 6, () => [80 * index, 10, 200]),
  }));
  const table =
    'path,caption\npictures/0.png,a blue bird\npictures/1.png,a lilac bird\npictures/2.png,a pink bird\n';
  const list = { name: 'birds/captions.csv', content: Buffer.from(table) };
  const found = await read(file('birds.zip', archive([...pictures, list])));
  expect(found.info).toMatchObject({ input: 'image', captions: { target: 'caption' } });
  expect(found.table.columns.find(({ kind }) => kind === 'text')).toMatchObject({
    texts: ['a blue bird', 'a lilac bird', 'a pink bird'],
  });
  expect(found.report).toMatchObject({ rowsKept: 3, rowsSetAside: 0 });
  // A table that names none of them is no list: the folders are classes.
  const other = { name: 'birds/notes.csv', content: Buffer.from('a,b\n1,2\n') };
  const folders = pictures.map((one, index) => ({ ...one, name: `birds/class ${index % 2}/${index}.png` }));
  expect((await read(file('folders.zip', archive([...folders, other])))).info).toMatchObject({
    label: 'label',
  });
});

test('an archive that leads out of its folder, or unpacks to far more than it is, is refused; a damaged file is set aside', async () => {
  const text = (name: string) => ({ name, content: Buffer.from('a text') });
  const outside = archive([text('a/1.txt'), text('b/2.txt'), text('../b/3.txt')]);
  await expect(read(file('slip.zip', outside))).rejects.toThrow('points out of the archive');
  const zeros = { content: Buffer.alloc(70 << 20) };
  const bomb = archive([text('a/1.txt'), { name: 'b/1.txt', ...zeros }]);
  await expect(read(file('bomb.zip', bomb))).rejects.toThrow('300 times its size');
  const hidden = archive([text('a/1.txt'), text('b/1.txt'), { name: 'b/2.txt', ...zeros, says: 100 }]);
  const found = await read(file('hidden.zip', hidden));
  expect(found.report).toMatchObject({ rowsKept: 2, rowsSetAside: 1 });
  expect(found.report.setAside[0]?.reason).toContain('damaged');
  const changed = archive([text('a/1.txt'), text('b/1.txt'), { ...text('b/2.txt'), crc: 7 }]);
  const { report } = await read(file('changed.zip', changed));
  expect(report.setAside).toEqual([
    { line: NO_LINE, column: null, reason: 'it is damaged in the archive', raw: 'b/2.txt' },
  ]);
  await expect(read(file('none.zip', archive([])))).rejects.toThrow('a zip archive without any file');
});

const FASTA = `; from a paper
>s1 label=EI
acgtn
NNRY
>s2|IE
ACGTACGTA

>s3 some words N
AC-GT*CGT
>s4
>s5 label=EI
AC1GT
>s6 label=N
TTTTTTTTT
`;

test.each([
  ['genes.fasta', FASTA],
  ['genes.fa.gz', gzipSync(FASTA)],
])(
  'sequences of %s take several lines and IUPAC letters, and carry their label in the header',
  async (name, content) => {
    const found = await read(file(name, content));
    expect(found.info).toMatchObject({ form: 'FASTA', input: 'sequence', label: 'label' });
    expect(found.table.columns[0]).toMatchObject({
      texts: ['ACGTNNNRY', 'ACGTACGTA', 'AC-GT*CGT', 'TTTTTTTTT'],
    });
    expect(found.table.names).toEqual(['s1', 's2', 's3', 's6']);
    expect(found.info.classes.map((one) => one.name).toSorted()).toEqual(['EI', 'IE', 'N']);
    expect(found.report.setAside.map(({ line, reason }) => [line, reason])).toEqual([
      [10, 'it has no letters'],
      [11, '"1" is no letter of a sequence'],
    ]);
  },
);

test('FASTQ has a quality for each letter, whatever sign it begins with', async () => {
  const text =
    '@r1 label=a\nACGT\n+\n@@+@\n@r2 label=b\nAC\nGT\n+r2\nII\nII\n@r3 label=a\nACG\n+\nII\n@r4 label=b\nAAAA\n+\nIIII\n';
  const found = await read(file('reads.fastq', text));
  expect(found.table.names).toEqual(['r1', 'r2', 'r4']);
  expect(found.table.columns[1]).toMatchObject({ name: 'quality', texts: ['@@+@', 'IIII', 'IIII'] });
  expect(found.report.setAside[0]?.reason).toBe('it has 3 letters and 2 qualities');
});

test('labels of sequences may lie in a table beside them', async () => {
  file('plain.csv', 'class,id\ncoding,a\nnoise,b\ncoding,c\n');
  const found = await read(file('plain.fa', '>a\nACGT\n>b\nGGGG\n>c\nACGA\n>d\nTTTT\n'));
  expect(found.info.classes).toEqual([
    { name: 'coding', samples: 2 },
    { name: 'noise', samples: 1 },
  ]);
  expect(found.report.setAside[0]?.reason).toBe('it has no label');
  expect(found.report.notes.join(' ')).toContain('plain.csv');
});

const record = (header: string, row: number): string =>
  `>${header}\nACGTTGCA${'ACGT'[row % 4]}${'ACGT'[(row >> 2) % 4]}\n`;

test.each([
  ['names alone', (row: number) => `s${row}`],
  ['descriptions', (row: number) => `sp|P0${row}|NAME${row}_HUMAN protein of kind ${row}`],
  ['the same words everywhere', (row: number) => `read${row} length=10`],
])('sequences with %s in their headers are samples without labels', async (words, header) => {
  const text = Array.from({ length: 12 }, (_, row) => record(header(row), row)).join('');
  const { info, table, report } = await read(file(`${words}.fasta`, text));
  expect(info).toMatchObject({ input: 'sequence', label: null, classes: [] });
  expect(info).not.toHaveProperty('pairs');
  expect(table.columns.map(({ name }) => name)).toEqual(['sequence']);
  expect(table.names[3]).toBe(words === 'descriptions' ? 'P03' : header(3).split(' ')[0]);
  expect(report).toMatchObject({ rowsKept: 12, rowsSetAside: 0 });
});

test.each([
  [
    'filters and indices of Illumina',
    (row: number) => `A0:7:FC1:1:1101:${row}:13 1:${'NY'[row % 2]}:0:ATCACG`,
  ],
  ['an index alone', (row: number) => `read${row} 1:N:0 ${['ATCACG', 'CGATGT'][row % 2]}`],
  ['mates', (row: number) => `HWUSI:6:73:${row}:19#0/${1 + (row % 2)}`],
  ['mates behind a space', (row: number) => `read${row} pair/${1 + (row % 2)}`],
  ['lanes', (row: number) => `read${row} L00${1 + (row % 2)}`],
  ['run, lane and tile', (row: number) => `read${row} run1:FC1:${1 + (row % 2)}:1101`],
  ['lengths', (row: number) => `SRR1.${row} 0712_s_7:5:1:${row}:345 length=${35 + (row % 2)}`],
  ['flow cells', (row: number) => `r${row} ch=1 flow_cell_id=FAK${row % 2}`],
])('reads with %s in their headers have no labels, unless these are asked for', async (words, header) => {
  const text = Array.from(
    { length: 12 },
    (_, row) => `@${header(row)}\nACGTTGC${'ACGT'[row % 4]}\n+\nIIIIIIII\n`,
  ).join('');
  const path = file(`${words}.fastq`, text);
  expect((await read(path)).info).toMatchObject({
    form: 'FASTQ',
    input: 'sequence',
    label: null,
    classes: [],
  });
  if (header(0).includes(' '))
    expect((await read(path, { labelColumn: 'label' })).info.classes.length).toBeGreaterThan(1);
  const named = text.replaceAll(/^@.*$/gm, (line) => `${line} label=${line.includes('1') ? 'a' : 'b'}`);
  expect((await read(file(`named ${words}.fastq`, named))).info.label).toBe('label');
});

test('words behind a bar, or the last ones, are labels where they are classes', async () => {
  const of = async (name: string, header: (row: number) => string) =>
    read(file(name, Array.from({ length: 12 }, (_, row) => record(header(row), row)).join('')));
  for (const [name, header] of [
    ['bars.fa', (row: number) => `s${row}|${'ab'[row % 2]}`],
    ['words.fa', (row: number) => `s${row} of kind ${'ab'[row % 2]}`],
  ] as const)
    expect((await of(name, header)).info).toMatchObject({
      label: 'label',
      classes: [{ samples: 6 }, { samples: 6 }],
    });
  await expect(read(file('asked.fa', record('s1', 1)), { labelColumn: 'label' })).rejects.toThrow(
    'has no column "label"',
  );
});

test('series of the UCR archive have channels, other lengths and gaps', async () => {
  const lines = [
    '0.1,0.2,0.3:1,2,3:a',
    '0.1,0.2:1,2:b',
    '0.1,x:1,2:b',
    '1,?,3:1,2,4:a',
    '(0,5),(1,6):(0,7),(1,8):b',
  ];
  const text = `#c\n@problemName X\n@univariate false\n@classLabel true a b\n@data\n${lines.join('\n')}\n`;
  const { table, info, report } = await read(file('motion.ts', text));
  expect(info).toMatchObject({ input: 'series', label: 'label' });
  const [series] = table.columns;
  const values = series?.kind === 'sequence' ? series.sequences.map((one) => [...one.values]) : [];
  expect(values.map((one) => one.length)).toEqual([6, 4, 6, 4]);
  expect(values[1]!.map((value) => Math.round(10 * value) / 10)).toEqual([0.1, 1, 0.2, 2]);
  expect(values[2]![2]).toBeNaN();
  expect(values[3]).toEqual([5, 7, 6, 8]);
  expect(report.setAside[0]).toMatchObject({ line: 8, reason: 'a value of its series is no number' });
  const none = text.replace('@classLabel true a b', '@classLabel false');
  await expect(read(file('none.ts', none))).rejects.toThrow('no classes');
});

test('numbers of a row are a vector, or a series where their columns are numbered', async () => {
  const vectors = await read(
    file(
      'iris.arff',
      "% c\n@relation iris\n@attribute sepal numeric\n@attribute petal numeric\n@attribute class {a,'b c'}\n@data\n1.5,2,a\n2.5,?,'b c'\n3.5,4,a\n4.5,1,'b c'\n",
    ),
  );
  expect(vectors.info).toMatchObject({ input: 'numbers', label: 'class' });
  expect(vectors.table.columns[0]).toMatchObject({
    sequences: [{ channels: 2, values: Float32Array.of(1.5, 2) }, {}, {}, {}],
  });
  const rows = Array.from({ length: 12 }, (_, row) =>
    [(row % 2) + 1, ...Array.from({ length: 10 }, (_v, at) => ((row * 31 + at * 17) % 97) / 97)].join('\t'),
  );
  const series = await read(file('Coffee_TRAIN.tsv', `${rows.join('\n')}\n`));
  expect(series.info).toMatchObject({ input: 'series', label: 'column1' });
  expect(series.info.columns.map(({ name }) => name)).toEqual(['series', 'column1']);
  expect(series.table.columns[0]).toMatchObject({ sequences: { 0: { channels: 1 }, length: 12 } });
  const packed = await read(file('Coffee.tsv.gz', gzipSync(`${rows.join('\n')}\n`)));
  expect(packed.table.hashes).toEqual(series.table.hashes);
  expect(packed.recipe.source.path).toContain('Coffee.tsv.gz');
});
