// Recordings as an archive: a WAV file each, and a list that says the class, the group and the part of each. Those of a dataset that they are
// added to come first.
import type { EngineClient } from '../../../../engine/connect/connection.ts';
import type { ImportOptions } from '../../../../engine/contract/datasets/dataset.ts';
import { writeZip, type ZipEntry } from '../../../shell/zip.ts';
import type { Base, Recordings } from './recorded.ts';
import { waveFile } from './wave-file.ts';

const PAGE = 200;
const PATH = 'path';
const PART = 'given part';

interface Packing {
  readonly engine: EngineClient;
  readonly signal: AbortSignal;
  onProgress(done: number): void;
}

interface Listed {
  readonly content: Blob;
  readonly label: string;
  readonly group: string;
  readonly part: string;
}

export interface Packed {
  readonly file: File;
  readonly options: ImportOptions;
}

export async function packRecordings(recordings: Recordings, packing: Packing): Promise<Packed> {
  const { base, classes, takes } = recordings;
  const nameOf = (id: number) => classes.find((one) => one.id === id)?.name.trim() ?? '';
  const added = takes.map((take) => ({
    content: waveFile(take),
    label: nameOf(take.of),
    group: take.group.trim(),
    part: '',
  }));
  const all = [...(base ? await samplesOf(base, packing) : []), ...added];
  const columns = {
    label: base?.label ?? 'label',
    group: all.some(({ group }) => group !== '') ? (base?.group ?? 'group') : null,
    part: all.some(({ part }) => part !== '') ? PART : null,
  };
  const list = all.map(({ label, group, part }, index) =>
    JSON.stringify({
      [PATH]: pathOf(index),
      [columns.label]: label,
      ...(columns.group !== null && { [columns.group]: group }),
      ...(columns.part !== null && { [columns.part]: part }),
    }),
  );
  const entries: ZipEntry[] = all.map(({ content }, index) => ({ name: pathOf(index), content }));
  const zip = await writeZip(
    [{ name: 'list.jsonl', content: new Blob([list.join('\n')]) }, ...entries],
    new Date(),
  );
  return {
    file: new File([zip], `${base?.name ?? 'recordings'}.zip`),
    options: {
      as: 'samples',
      labelColumn: columns.label,
      labels: 'one',
      ...(columns.group !== null && { groupColumn: columns.group }),
      ...(columns.part !== null && { partColumn: columns.part }),
    },
  };
}

const pathOf = (index: number): string => `${String(index + 1).padStart(5, '0')}.wav`;

async function samplesOf(
  { id, version, rows }: Base,
  { engine, signal, onProgress }: Packing,
): Promise<Listed[]> {
  const found: Listed[] = [];
  for (let from = 0; from < rows; from += PAGE) {
    const page = await engine.samples.list({ dataset: id, version, from, most: PAGE }, { signal });
    for (const { row, label, group, part } of page.samples) {
      const sample = await engine.samples.get({ dataset: id, version, row }, { signal });
      if (sample.kind !== 'audio') continue;
      const wave = new Int16Array(await sample.wave.arrayBuffer());
      found.push({ content: waveFile({ rate: sample.rate, wave }), label, group, part });
      onProgress(found.length);
    }
  }
  return found;
}
