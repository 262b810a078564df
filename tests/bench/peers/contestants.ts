// Who runs the experiment: the command line of Hindcast, and the scripts beside this file by every Python that has their packages.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunDetail } from '../../../engine/contract/runs/run.ts';
import { findTorch, torchName } from '../training/pytorch.ts';
import { experimentOf, type Settings } from './settings.ts';
import { type Measured, timed } from './timed.ts';

export interface Result extends Measured {
  /** Of standardized values, over the test part. */
  readonly mse: number;
}

export interface Contestant {
  readonly name: string;
  run(file: string, settings: Settings): Result;
}

const PROGRAM = join(import.meta.dirname, '../../../bin/hindcast.js');
const KEEP_PRIORITY = join(import.meta.dirname, 'keep-priority.cjs');

export const hindcast: Contestant = {
  name: 'Hindcast: import and train',
  run(file, settings) {
    const folder = mkdtempSync(join(tmpdir(), 'hindcast-peers-'));
    try {
      const workspace = ['--workspace', join(folder, 'w.hindcast'), '--json'];
      const experiment = join(folder, 'experiment.json');
      writeFileSync(experiment, JSON.stringify(experimentOf(settings)));
      const env = { NODE_OPTIONS: `--require ${KEEP_PRIORITY}` };
      const command = (...args: string[]) => timed(process.execPath, [PROGRAM, ...args, ...workspace], env);
      const imported = command('import', file, '--name', 'peers').measured;
      const { measured: trained, stdout } = command('train', experiment);
      return {
        wallS: imported.wallS + trained.wallS,
        cpuS: imported.cpuS + trained.cpuS,
        mse: testError(JSON.parse(stdout) as RunDetail),
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

const testError = ({ scores }: RunDetail): number =>
  scores.find(({ part, subject }) => part === 'test' && subject === 'model')?.value ?? Number.NaN;

const SCRIPTS = { pytorch: 'pytorch.py', lightning: 'with_lightning.py' };

const script = (name: string, python: string, path: string, threads: number): Contestant => ({
  name: `${name}, ${threads} thread${threads > 1 ? 's' : ''}`,
  run(file, settings) {
    const request = [join(import.meta.dirname, path), file, String(threads), JSON.stringify(settings)];
    const { measured, stdout } = timed(python, request);
    return { ...measured, mse: (JSON.parse(stdout) as { readonly mse: number }).mse };
  },
});

/** None where no Python has PyTorch (HINDCAST_BENCH_PYTHON, python3). */
export function findPeers(): Contestant[] {
  const threads = availableParallelism() > 1 ? [1, 2] : [1];
  return findTorch().flatMap((torch) => {
    const lightning = versionOf(torch.python, 'lightning');
    return threads.flatMap((count) => [
      script(torchName(torch), torch.python, SCRIPTS.pytorch, count),
      ...(lightning === null
        ? []
        : [script(`Lightning ${lightning}`, torch.python, SCRIPTS.lightning, count)]),
    ]);
  });
}

function versionOf(python: string, module: string): string | null {
  const probe = spawnSync(python, ['-c', `import ${module}; print(${module}.__version__)`], {
    encoding: 'utf8',
  });
  return probe.status === 0 ? probe.stdout.trim() : null;
}
