// Imports damaged files of samples: each is read or refused in words, in little time and memory, and no row is lost without a word.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportOptions } from '../../engine/contract/datasets/dataset.ts';
import type { ImportDescription } from '../../engine/contract/processes/importer.ts';
import { HindcastError } from '../../engine/contract/values/errors.ts';
import { importAny } from '../../engine/hosts/importer/import-any.ts';
import { fuzzedSamples } from './sample-files.ts';

interface Finding {
  readonly index: number;
  readonly what: string;
}

interface SampleCounts {
  readonly read: number;
  readonly refused: number;
  readonly findings: readonly Finding[];
}

const LONGEST_MESSAGE = 600;
/** Of this process; files are at most some hundred kilobytes. */
const MOST_CPU_MS = 4_000;
const MOST_BYTES = 500 * 2 ** 20;

const OPTIONS: readonly ImportOptions[] = [
  {},
  { as: 'samples' },
  { as: 'lines' },
  { as: 'samples', unlabelled: true },
];

async function importOne(path: string, options: ImportOptions): Promise<'read' | 'refused' | string> {
  let description: ImportDescription | undefined;
  let chunks = 0;
  const sink = {
    progress: () => {},
    described: (found: ImportDescription) => {
      description = found;
    },
    chunk: async () => {
      chunks++;
    },
  };
  try {
    await importAny({ path, sample: null, options }, sink);
  } catch (error) {
    if (!(error instanceof HindcastError))
      return `it crashed: ${error instanceof Error ? error.stack : String(error)}`;
    if (error.code === 'internal') return `an unknown failure: ${error.message}`;
    if (error.message.length > LONGEST_MESSAGE) return `a message of ${error.message.length} characters`;
    return 'refused';
  }
  if (description === undefined) return 'nothing was described';
  const { report, samples } = description;
  const { rowsRead, rowsKept, rowsSetAside } = report;
  if (rowsRead !== rowsKept + rowsSetAside)
    return `${rowsRead} rows are not ${rowsKept} kept and ${rowsSetAside} set aside`;
  if (samples && samples.rows !== rowsKept) return `${samples.rows} samples are not ${rowsKept} rows`;
  return description.chunks === undefined || description.chunks === chunks ? 'read' : `${chunks} chunks came`;
}

/** Files `from` to `from + count` of a seed. */
export async function fuzzSamples(
  seed: number,
  count: number,
  from = 0,
  begins: (index: number) => void = () => {},
): Promise<SampleCounts> {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-fuzz-samples-'));
  const findings: Finding[] = [];
  let [read, refused] = [0, 0];
  try {
    for (let index = from; index < from + count; index++) {
      begins(index);
      const { name, bytes } = fuzzedSamples(seed, index);
      const path = join(folder, name);
      writeFileSync(path, bytes);
      const [cpu, memory] = [process.cpuUsage(), process.memoryUsage()];
      const outcome = await importOne(path, OPTIONS[index % OPTIONS.length]!);
      if (outcome === 'read') read++;
      else if (outcome === 'refused') refused++;
      else findings.push({ index, what: outcome });
      const ms = process.cpuUsage(cpu).user / 1_000;
      if (ms > MOST_CPU_MS) findings.push({ index, what: `it took ${Math.round(ms)} ms of the processor` });
      const { arrayBuffers, heapUsed } = process.memoryUsage();
      const grown = arrayBuffers + heapUsed - memory.arrayBuffers - memory.heapUsed;
      if (grown > MOST_BYTES) findings.push({ index, what: `it took ${grown} bytes` });
      rmSync(path);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { read, refused, findings };
}
