// `npm run bench -- m4 TRAIN.csv TEST.csv`: imports the series of the M4 competition as a user does, trains a model for all of them with
// several seeds, and scores it as the competition did, beside Naive2 and the baselines of Hindcast.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { hindcast, meanText } from '../hindcast.ts';
import { countOf, readArguments, refuse } from '../options.ts';
import { experimentOf, tableOf } from './experiment.ts';
import { type M4Series, readM4 } from './file.ts';
import { readForecasts } from './forecasts.ts';
import { findKind, KINDS, type Kind } from './kinds.ts';
import { type M4Score, owaOf, scoreM4, simpleMethods } from './scores.ts';

const USAGE = `usage: npm run bench -- m4 TRAIN.csv TEST.csv [options]

Scores of the M4 competition: sMAPE, MASE and OWA, for the files of its data set (Hourly-train.csv and Hourly-test.csv).
--kind NAME        ${KINDS.map(({ name }) => name).join(' or ')}; default: by the name of the first file
--model KIND       the model that is trained, or none; default gru
--seeds N          default 3
--set PATH=VALUE   changes the experiment, as in hindcast train; may be repeated`;

const OPTIONS = {
  kind: { type: 'string' },
  model: { type: 'string', default: 'gru' },
  seeds: { type: 'string', default: '3' },
  set: { type: 'string', multiple: true, default: [] as string[] },
} as const;

export function bench(args: readonly string[]): Promise<void> {
  const { values, positionals } = readArguments(args, OPTIONS, USAGE);
  const [trainPath, testPath] = positionals;
  if (trainPath === undefined || testPath === undefined || positionals.length > 2)
    return refuse('m4 takes two files.', USAGE);
  const kind = findKind(values.kind, basename(trainPath));
  if (!kind) return refuse(`Which kind of series is ${basename(trainPath)}? Say --kind.`, USAGE);
  const count = countOf(values.seeds, '--seeds', 'seeds', USAGE);
  const series = read(trainPath, testPath);
  console.log(`M4 ${kind.name}: ${series.length} series, season ${kind.season}, horizon ${kind.horizon}`);
  const naive2 = printSimple(series, kind);
  if (values.model !== 'none')
    train({ series, kind, naive2, count, model: values.model, changes: values.set });
  return Promise.resolve();
}

function read(trainPath: string, testPath: string): M4Series[] {
  try {
    return readM4(trainPath, testPath);
  } catch (error) {
    return refuse((error as Error).message, USAGE);
  }
}

const line = (name: string, score: M4Score, naive2: M4Score): string =>
  `  ${name.padEnd(18)}${score.smape.toFixed(3).padStart(8)} %${score.mase.toFixed(3).padStart(9)}${owaOf(score, naive2).toFixed(3).padStart(8)}`;

/** @returns the score of Naive2 */
function printSimple(series: readonly M4Series[], { season, published }: Kind): M4Score {
  const scores = [...simpleMethods(series, season)].map(
    ([name, forecasts]) => [name, scoreM4(series, season, forecasts)] as const,
  );
  const naive2 = scores.find(([name]) => name === 'naive2')![1];
  console.log(`  ${''.padEnd(18)}${'sMAPE'.padStart(8)}  ${'MASE'.padStart(9)}${'OWA'.padStart(8)}`);
  for (const [name, score] of scores) {
    const ours = `${score.smape.toFixed(3)}/${score.mase.toFixed(3)}`;
    const remark = published[name] === ours ? 'met' : 'NOT met';
    console.log(`${line(name, score, naive2)}  published ${published[name]} ${remark}`);
  }
  return naive2;
}

interface Training {
  readonly series: readonly M4Series[];
  readonly kind: Kind;
  readonly naive2: M4Score;
  readonly model: string;
  readonly count: number;
  readonly changes: readonly string[];
}

function train({ series, kind, naive2, model, count, changes }: Training): void {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-m4-'));
  try {
    const table = join(folder, 'series.csv');
    writeFileSync(table, tableOf(series, kind));
    hindcast(folder, ['import', table, '--name', `m4-${kind.name}`, '--series-column', 'series']);
    const file = join(folder, 'experiment.json');
    writeFileSync(file, JSON.stringify(experimentOf(kind, model)));
    const found: number[] = [];
    for (let seed = 1; seed <= count; seed += 1) {
      const startedAt = performance.now();
      const set = changes.flatMap((change) => ['--set', change]);
      const { id } = hindcast(folder, ['train', file, '--seed', String(seed), ...set]) as {
        readonly id: number;
      };
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
      const out = join(folder, `forecasts-${seed}.csv`);
      hindcast(folder, ['forecast', String(id), '--part', 'test', '--out', out]);
      const methods = readForecasts(readFileSync(out, 'utf8'));
      // Baselines are the same whatever the seed.
      for (const [name, forecasts] of seed === 1 ? methods : [...methods].slice(0, 1)) {
        const score = scoreM4(series, kind.season, forecasts);
        const isModel = name === 'forecast';
        if (isModel) found.push(owaOf(score, naive2));
        console.log(
          line(isModel ? `${model} seed ${seed}` : name, score, naive2) + (isModel ? `  ${seconds} s` : ''),
        );
      }
    }
    const isMet = found.every((owa) => owa < kind.target);
    console.log(
      `  ${model}: OWA ${meanText(found, 3)}, target below ${kind.target} ${isMet ? 'met' : 'NOT met'}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
