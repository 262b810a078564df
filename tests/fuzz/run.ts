// `npm run fuzz -- api|import|samples [--seed N] [--count N] [--from N]`: sends malformed messages to an engine of its own until one of them
// crashes it, or imports damaged tables or files of samples.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEngineHost } from '../../engine/hosts/engine/engine-host.ts';
import { samplePath, workerEntry } from '../../engine/hosts/node/paths.ts';
import { startNodeWorker } from '../../engine/hosts/node/worker-process.ts';
import { fuzzChannels, fuzzSockets } from './api.ts';
import { fuzzImport } from './import.ts';
import { fuzzSamples } from './samples.ts';

const FUZZERS: Readonly<Record<string, (seed: number, count: number) => Promise<void>>> = {
  api: fuzzApi,
  import: fuzzImports,
  samples: fuzzSampleFiles,
};
const COUNTS: Readonly<Record<string, number>> = { api: 100_000, import: 10_000, samples: 10_000 };

const USAGE = `usage: npm run fuzz -- ${Object.keys(FUZZERS).join('|')} [--seed N] [--count N] [--from N]

  --seed N    the same seed gives the same files or messages; default: by the clock, and printed
  --count N   how many; default: 100,000 messages, 10,000 files
  --from N    the number of the first file: ranges of one seed may be run one by one
`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string' },
    count: { type: 'string' },
    from: { type: 'string' },
    help: { type: 'boolean' },
  },
});
const fuzzer = FUZZERS[positionals[0] ?? ''];
if (fuzzer)
  await fuzzer(
    Number(values.seed ?? Date.now() % 1_000_000),
    Number(values.count ?? COUNTS[positionals[0] ?? '']),
  );
else {
  process.stderr.write(USAGE);
  process.exitCode = values.help ? 0 : 2;
}

async function fuzzImports(seed: number, count: number): Promise<void> {
  process.stdout.write(`seed ${seed}, ${count.toLocaleString('en-US')} files\n`);
  const { read, refused, findings } = await fuzzImport(seed, count, Number(values.from ?? 0));
  for (const { index, what } of findings) process.stdout.write(`file ${index} of seed ${seed}: ${what}\n`);
  process.stdout.write(`${read} read, ${refused} refused, ${findings.length} wrong\n`);
  process.exitCode = findings.length === 0 ? 0 : 1;
}

async function fuzzSampleFiles(seed: number, count: number): Promise<void> {
  process.stdout.write(`seed ${seed}, ${count.toLocaleString('en-US')} files\n`);
  // A file that is never done is the last one that was named.
  const begins = (index: number) => {
    if (index % 500 === 0 || values.from !== undefined) process.stdout.write(`file ${index}\n`);
  };
  const { read, refused, findings } = await fuzzSamples(seed, count, Number(values.from ?? 0), begins);
  for (const { index, what } of findings) process.stdout.write(`file ${index} of seed ${seed}: ${what}\n`);
  process.stdout.write(`${read} read, ${refused} refused, ${findings.length} wrong\n`);
  process.exitCode = findings.length === 0 ? 0 : 1;
}

async function fuzzApi(seed: number, count: number): Promise<void> {
  process.stdout.write(`seed ${seed}, ${count.toLocaleString('en-US')} messages\n`);
  let unexpected = 0;
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-fuzz-'));
  const host = await startEngineHost({
    workspacePath: join(folder, 'fuzzed.hindcast'),
    version: '0.0.0',
    now: Date.now,
    log: ({ level, message }) => {
      if (level !== 'error') return;
      unexpected += 1;
      process.stderr.write(`${String(message)}\n`);
    },
    startTrainer: () => startNodeWorker(workerEntry('trainer'), () => {}),
    startJobProcess: () => startNodeWorker(workerEntry('trainer'), () => {}),
    startImporter: () => startNodeWorker(workerEntry('importer'), () => {}),
    samplePath,
  });
  if (!host) throw new Error('a new workspace is hosted already');
  try {
    const sockets = Math.round(count / 5);
    const results = [
      await fuzzChannels(host, seed, count - sockets),
      await fuzzSockets(`ws://127.0.0.1:${host.port}/?token=${host.token}`, seed + 1, sockets),
    ];
    for (const [index, { sent, closed, answers }] of results.entries()) {
      const way = index === 0 ? 'channels' : 'sockets';
      process.stdout.write(`${way}: ${sent} sent, ${closed} closed for it, ${answers} answers\n`);
    }
    await host.link.call(['queue', 'get'], undefined, { context: {} });
    process.stdout.write(`the engine answers; ${unexpected} unexpected failures\n`);
    process.exitCode = unexpected === 0 ? 0 : 1;
  } finally {
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
