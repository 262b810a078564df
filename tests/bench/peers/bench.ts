// `npm run bench -- peers FILE`: one experiment from the file to the score, by Hindcast's command line and as scripts of PyTorch and
// Lightning: wall and CPU time, and the test error that each reached.
import { availableParallelism, cpus, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { countOf, readArguments, refuse } from '../options.ts';
import { writeBlock } from '../write-block.ts';
import { type Contestant, findPeers, hindcast, type Result } from './contestants.ts';
import { SETTINGS, type Settings } from './settings.ts';
import { type Finding, type Findings, linesOf, toMarkdown } from './table.ts';

const MODELS = ['gru', 'lstm'];

const USAGE = `usage: npm run bench -- peers FILE [options]

One experiment end to end, from the file to the test error: Hindcast beside PyTorch and Lightning, as far as a Python has them
(HINDCAST_BENCH_PYTHON, python3).
FILE: ETTh1.csv, or a CSV with a column of that name and as many rows.
--target COLUMN  default OT
--model KINDS    ${MODELS.join(' or ')}, or both separated by a comma; default both
--epochs N       default 5
--repeats N      of each, in turns; the fastest counts; default 3
--write          puts the table into docs/benchmarks.md`;

const OPTIONS = {
  target: { type: 'string', default: 'OT' },
  model: { type: 'string', default: MODELS.join(',') },
  epochs: { type: 'string', default: '5' },
  repeats: { type: 'string', default: '3' },
  write: { type: 'boolean', default: false },
} as const;

export function bench(args: readonly string[]): Promise<void> {
  const { values, positionals } = readArguments(args, OPTIONS, USAGE);
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) return refuse('peers takes one file.', USAGE);
  const models = values.model.split(',');
  const unknown = models.find((model) => !MODELS.includes(model));
  if (unknown !== undefined) return refuse(`There is no model ${unknown} here.`, USAGE);
  const epochs = countOf(values.epochs, '--epochs', 'epochs', USAGE);
  const repeats = countOf(values.repeats, '--repeats', 'repeats', USAGE);
  const peers = findPeers();
  if (peers.length === 0) console.log('No Python has PyTorch: set HINDCAST_BENCH_PYTHON.');
  const before = loadavg()[0]!;
  const all = models.map((model): Findings => {
    const settings = { ...SETTINGS, model, target: values.target, epochs };
    const found = race([hindcast, ...peers], { file: resolve(file), settings, repeats: repeats });
    for (const line of linesOf({ settings, found })) console.log(line);
    return { settings, found };
  });
  const processor = cpus()[0]?.model ?? 'unknown processor';
  const loads = [before, loadavg()[0]!] as const;
  const conditions = { processor, cores: availableParallelism(), node: process.version, loads };
  if (values.write) writeBlock('peers', toMarkdown(all, { ...conditions, repeats: repeats }));
  return Promise.resolve();
}

interface Race {
  readonly file: string;
  readonly settings: Settings;
  readonly repeats: number;
}

/** In turns, so that what else the machine does meets all of them. */
function race(contestants: readonly Contestant[], { file, settings, repeats }: Race): Finding[] {
  const best = new Map<Contestant, Result>();
  for (let repeat = 0; repeat < repeats; repeat += 1)
    for (const contestant of contestants) {
      const result = contestant.run(file, settings);
      const earlier = best.get(contestant);
      if (!earlier || result.wallS < earlier.wallS) best.set(contestant, result);
    }
  return contestants.map((contestant) => ({ name: contestant.name, result: best.get(contestant)! }));
}
