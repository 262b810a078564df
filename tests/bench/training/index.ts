// The training benchmark: `npm run bench -- training`, or directly `node tests/bench/training/index.ts [--quick] [--only H64] [--write]`.
import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { type SimdBackend, simdInfo } from '../../../engine/backends/simd/index.ts';
import { CELLS, type Peer, SIZES, sizeName } from './cases.ts';
import { ENCODER_CASES, type EncoderResult, encoderName, measureEncoder } from './encoder.ts';
import { layersOn, loadWasm } from './layers.ts';
import { alternate, type Effort, median } from './measure.ts';
import { ours, oursOnTensorflow, startOurs } from './ours.ts';
import { measureProducts, peakGflops } from './products.ts';
import { findTorch, torchPeers } from './pytorch.ts';
import { type Findings, toMarkdown, writeReport } from './report.ts';
import { measureGrowth } from './scaling.ts';
import type { CaseResult } from './targets.ts';

export interface TrainingBenchmarkOptions {
  /** Fewer rounds, and tf.layers on the small sizes only. */
  readonly quick?: boolean;
  /** Only sizes or cells whose name contains this. */
  readonly only?: string | undefined;
  /** Where the table goes; nowhere if null. */
  readonly file?: string | null;
  readonly log?: (line: string) => void;
}

const REPORT = fileURLToPath(new URL('../../../docs/benchmarks.md', import.meta.url));

function effortOf(units: number, quick: boolean): Effort {
  const rounds = units >= 256 ? 6 : units >= 128 ? 15 : 40;
  return {
    warmups: units >= 256 ? 4 : 30,
    rounds: quick ? Math.ceil(rounds / 3) : rounds,
  };
}

function firstStepMs(): number {
  const program = fileURLToPath(new URL('./first-step.ts', import.meta.url));
  const runs = [1, 2, 3].map(() =>
    Number(spawnSync(process.execPath, [program], { encoding: 'utf8' }).stdout),
  );
  return median(runs);
}

async function measureCases(
  peers: readonly Peer[],
  options: TrainingBenchmarkOptions,
  log: (line: string) => void,
) {
  const results: CaseResult[] = [];
  for (const size of SIZES) {
    for (const cell of CELLS) {
      if (options.only && !`${cell} ${sizeName(size)}`.includes(options.only)) continue;
      tf.engine().startScope();
      const measured = await alternate(
        peers,
        { cell, ...size },
        effortOf(size.units, options.quick ?? false),
      );
      tf.engine().endScope();
      results.push({ cell, size, measured });
      const times = measured.map(
        ({ name, medianMs, bestMs }) => `${name} ${medianMs.toFixed(2)} (best ${bestMs.toFixed(2)})`,
      );
      log(`${cell} ${sizeName(size)}: ${times.join('; ')}`);
    }
  }
  return results;
}

async function measureEncoders(
  backend: SimdBackend,
  options: TrainingBenchmarkOptions,
  log: (line: string) => void,
): Promise<EncoderResult[]> {
  const results: EncoderResult[] = [];
  for (const what of ENCODER_CASES.filter((each) => encoderName(each).includes(options.only ?? ''))) {
    const rounds = what.time > 100 ? 8 : 25;
    const measured = await measureEncoder(backend, what, options.quick ? Math.ceil(rounds / 3) : rounds);
    results.push({ what, measured });
    log(
      `${encoderName(what)}: ${measured.map(({ name, medianMs }) => `${name} ${medianMs.toFixed(2)}`).join('; ')}`,
    );
  }
  return results;
}

async function peersOf(
  backend: SimdBackend,
  quick: boolean,
  torch: ReturnType<typeof findTorch>,
): Promise<Peer[]> {
  const threads = availableParallelism() > 1 ? [1, 2] : [1];
  const peers = [
    ...threads.map((count) => ours(backend, count)),
    ...torch.flatMap((found) => torchPeers(found, threads)),
  ];
  const tensorflow = await oursOnTensorflow();
  if (tensorflow) peers.push(tensorflow);
  peers.push(layersOn('cpu', quick));
  if (await loadWasm()) peers.push(layersOn('wasm', quick));
  return peers;
}

export async function runTrainingBenchmark(options: TrainingBenchmarkOptions = {}): Promise<Findings> {
  const log = options.log ?? console.log;
  const loadBefore = loadavg()[0]!;
  const backend = await startOurs(Math.min(2, availableParallelism()));
  const torch = findTorch();
  const peers = await peersOf(backend, options.quick ?? false, torch);
  const results = await measureCases(peers, options, log);
  for (const peer of peers) peer.close?.();
  await tf.setBackend('simd');
  const encoders = await measureEncoders(backend, options, log);
  const peakMiB = backend.kernels.allocator.statistics().peakBytes / 2 ** 20;
  const products = measureProducts(backend, options.quick ? 7 : 25);
  const growths = measureGrowth(backend, options.quick ? 7 : 25);
  const findings: Findings = {
    results,
    encoders,
    products,
    growths,
    conditions: {
      processor: cpus()[0]?.model ?? 'unknown processor',
      cores: availableParallelism(),
      loadBefore,
      loadAfter: loadavg()[0]!,
      node: process.version,
      kernelVersion: simdInfo().kernelVersion,
      peakGflops: Math.max(...Array.from({ length: 20 }, () => peakGflops(backend))),
      firstStepMs: firstStepMs(),
      peakMiB,
      torch: torch.map(({ version }) => version),
    },
  };
  tf.removeBackend('simd');
  const markdown = toMarkdown(findings);
  log(markdown);
  const file = options.file === undefined ? REPORT : options.file;
  if (file) writeReport(file, markdown);
  return findings;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const quick = process.argv.includes('--quick');
  const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
  const write = process.argv.includes('--write') || !(quick || only);
  await runTrainingBenchmark({ quick, only, file: write ? REPORT : null });
}
