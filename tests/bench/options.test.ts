// The benchmarks' options: what they print and refuse before they measure, and which contestants they select.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseContestants } from './training/contestants.ts';
import { readTrainingOptions } from './training/options.ts';

function bench(...args: string[]) {
  const program = join(import.meta.dirname, 'run.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('npm run bench', () => {
  it.each([
    [
      ['--help'],
      'NAME: data, inside, ltsf, m4, peers, pictures, pool, sequences, store, texts, training, ui.',
    ],
    [['training', '--help'], '--peers PART,PART...'],
    [['training', '--quick', '-h'], '--peers PART,PART...'],
    [['store', '--help'], 'usage: npm run bench -- store\n'],
    [['ltsf', '--help'], '--protocol NAME'],
    [['m4', '--help'], '--kind NAME'],
    [['peers', '--help'], '--repeats N'],
    [['ui', '--help'], 'usage: npm run bench -- ui\n'],
  ])('%j prints its usage', (args, words) => {
    const { status, stdout, stderr } = bench(...args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(words);
  });

  it.each([
    [[], 'Which benchmark?'],
    [['--quick'], "Unknown option '--quick'"],
    [['trainin'], 'There is no benchmark trainin.'],
    [['training', '--pears', 'x'], "Unknown option '--pears'"],
    [['training', '--only'], "Option '--only <value>' argument missing"],
    [['training', '--quick', 'store'], "Unexpected argument 'store'."],
    [['training', 'store', '--quick'], 'Options go with one benchmark alone.'],
    [['training', 'stor'], "Unexpected argument 'stor'."],
    [['ltsf'], 'ltsf takes one file.'],
    [['peers'], 'peers takes one file.'],
    [['peers', 'a.csv', '--model', 'dense'], 'There is no model dense here.'],
    [['peers', 'a.csv', '--repeats', '1.5'], '--repeats takes a number of repeats, at least 1.'],
    [['ltsf', 'a.csv', 'b.csv'], 'ltsf takes one file.'],
    [['ltsf', 'no such file.csv'], 'ENOENT'],
    [['ltsf', 'a.csv', '--protocol', 'x'], 'There is no protocol x.'],
    [['ltsf', 'a.csv', '--horizon', '0'], '--horizon takes a number of rows, at least 1.'],
    [['m4', 'Hourly-train.csv'], 'm4 takes two files.'],
    [['m4', 'a.csv', 'b.csv'], 'Which kind of series is a.csv?'],
    [['m4', 'Hourly-train.csv', 'no such file.csv'], 'ENOENT'],
    [['m4', 'Hourly-train.csv', 'b.csv', '--seeds', '0'], '--seeds takes'],
    [['sequences', 'phonemes', '--data', 'x', '--seeds', 'three'], '--seeds takes a number of seeds'],
    [['sequences', 'phonemes', '--data', 'x', '--together', '0'], '--together takes a number of runs'],
    [['pictures', 'digits', '--seeds', '1.5'], '--seeds takes a number of seeds'],
    [['ltsf', 'a.csv', '--modell', 'gru'], "Unknown option '--modell'"],
    [['peers'], 'peers takes one file.'],
    [['store', '--quick'], "Unknown option '--quick'"],
  ])('%j is refused', (args, words) => {
    const { status, stdout, stderr } = bench(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.startsWith(words), stderr).toBe(true);
    expect(stderr).toContain('\nusage: npm run bench -- ');
  });
});

describe('options of the training benchmark', () => {
  it('write the tables only where nothing is left out, or where asked to', () => {
    const everything = { quick: false, only: '', peers: null, write: true };
    expect(readTrainingOptions([])).toEqual(everything);
    for (const less of [['--quick'], ['--only', 'H64'], ['--peers', '2.13']])
      expect(readTrainingOptions(less).write).toBe(false);
    expect(readTrainingOptions(['--quick', '--write']).write).toBe(true);
  });

  it('take the parts of names apart', () => {
    expect(readTrainingOptions(['--peers', 'Hindcast, 2.13,']).peers).toEqual(['hindcast', '2.13']);
  });
});

describe('contestants', () => {
  const torch = ['2.13.0+cpu', '1.13.1'].map((version) => ({ python: 'python', version }));
  const others = ['Hindcast on tfjs-node', 'tf.layers, cpu', 'tf.layers, wasm'];
  const chosen = (parts: readonly string[] | null) => {
    const { torch: found, takesPart } = chooseContestants(parts, torch);
    return [...found.map(({ version }) => version), ...others.filter(takesPart)];
  };

  it.each([
    [null, ['2.13.0+cpu', '1.13.1', ...others]],
    [['hindcast'], ['Hindcast on tfjs-node']],
    [['2.13'], ['2.13.0+cpu']],
    [
      ['pytorch', 'wasm'],
      ['2.13.0+cpu', '1.13.1', 'tf.layers, wasm'],
    ],
    [[], []],
  ])('%j', (parts, names) => expect(chosen(parts)).toEqual(names));
});
