// The training benchmark: `npm run bench -- training`, or directly `node tests/bench/training/index.ts ...`; options.ts lists its
// options.
import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { type SimdBackend, simdInfo } from '../../../engine/backends/simd/index.ts';
import { writeBlock } from '../write-block.ts';
import { CELLS, type Peer, SIZES, sizeName } from './cases.ts';
import { chooseContestants } from './contestants.ts';
import { ENCODER_CASES, type EncoderResult, encoderName, measureEncoder } from './encoder.ts';
import { MASKED_NAME, type MaskCost, measureMaskCost } from './masked.ts';
import { alternate, type Effort, median } from './measure.ts';
import { readTrainingOptions, type TrainingBenchmarkOptions } from './options.ts';
import { startOurs } from './ours.ts';
import { peersOf } from './peers.ts';
import { measureProducts, peakGflops } from './products.ts';
import type { Torch } from './pytorch.ts';
import { type Findings, toMarkdown } from './report.ts';
import { measureGrowth } from './scaling.ts';
import type { CaseResult } from './targets.ts';

function effortOf(units: number, quick: boolean): Effort {
  const rounds = units >= 256 ? 6 : units >= 128 ? 15 : 40;
  return {
    warmups: units >= 256 ? 5 : 300,
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

async function measureCases(peers: readonly Peer[], options: TrainingBenchmarkOptions) {
  const results: CaseResult[] = [];
  for (const size of SIZES) {
    for (const cell of CELLS) {
      if (!`${cell} ${sizeName(size)}`.includes(options.only)) continue;
      tf.engine().startScope();
      const measured = await alternate(peers, { cell, ...size }, effortOf(size.units, options.quick));
      tf.engine().endScope();
      results.push({ cell, size, measured });
      const times = measured.map(
        ({ name, medianMs, bestMs }) => `${name} ${medianMs.toFixed(2)} (best ${bestMs.toFixed(2)})`,
      );
      console.log(`${cell} ${sizeName(size)}: ${times.join('; ')}`);
    }
  }
  return results;
}

async function measureEncoders(
  backend: SimdBackend,
  options: TrainingBenchmarkOptions,
  torch: readonly Torch[],
): Promise<EncoderResult[]> {
  const results: EncoderResult[] = [];
  for (const what of ENCODER_CASES.filter((each) => encoderName(each).includes(options.only))) {
    const rounds = what.time > 100 ? 8 : 25;
    const measured = await measureEncoder(
      backend,
      what,
      options.quick ? Math.ceil(rounds / 3) : rounds,
      torch,
    );
    results.push({ what, measured });
    console.log(
      `${encoderName(what)}: ${measured.map(({ name, medianMs }) => `${name} ${medianMs.toFixed(2)}`).join('; ')}`,
    );
  }
  return results;
}

async function measureMasks(
  backend: SimdBackend,
  { only, quick }: TrainingBenchmarkOptions,
): Promise<MaskCost | null> {
  if (!MASKED_NAME.includes(only)) return null;
  const cost = await measureMaskCost(backend, quick ? 10 : 30);
  console.log(
    `${MASKED_NAME}: ${cost.ratio.toFixed(3)} times as long as unmasked (best ${cost.best.toFixed(3)})`,
  );
  return cost;
}

export async function runTrainingBenchmark(options: TrainingBenchmarkOptions): Promise<void> {
  const loadBefore = loadavg()[0]!;
  const contestants = chooseContestants(options.peers);
  const { torch } = contestants;
  const backend = await startOurs(Math.min(2, availableParallelism()));
  const peers = await peersOf(backend, options.quick, contestants);
  const results = await measureCases(peers, options);
  for (const peer of peers) peer.close?.();
  await tf.setBackend('simd');
  const encoders = await measureEncoders(backend, options, torch);
  const maskCost = await measureMasks(backend, options);
  const peakMiB = backend.kernels.allocator.statistics().peakBytes / 2 ** 20;
  const alone = options.peers === null;
  const products = alone ? measureProducts(backend, options.quick ? 20 : 100) : [];
  const growths = alone ? measureGrowth(backend, options.quick ? 7 : 25) : [];
  const findings: Findings = {
    results,
    encoders,
    maskCost,
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
      vectorBits: backend.kernels.wide ? 256 : 128,
      firstStepMs: firstStepMs(),
      peakMiB,
      torch: torch.map(({ version }) => version),
    },
  };
  tf.removeBackend('simd');
  const markdown = toMarkdown(findings);
  console.log(markdown);
  if (options.write) writeBlock('training', markdown);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runTrainingBenchmark(readTrainingOptions(process.argv.slice(2)));
}
