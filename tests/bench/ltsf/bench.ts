// `npm run bench -- ltsf FILE`: scores the baselines on a long-term forecasting data set, for comparison with published tables.
import { basename } from 'node:path';
import type { Series } from '../../../engine/data/series.ts';
import { countOf, readArguments, refuse } from '../options.ts';
import { readLtsfFile } from './file.ts';
import { trainModels } from './models.ts';
import { findProtocol, PROTOCOLS } from './protocols.ts';
import { PUBLISHED_LOOKBACK, publishedRemark } from './published.ts';
import { type LtsfCase, scoreBaselinesOf } from './table.ts';

const USAGE = `usage: npm run bench -- ltsf FILE [options]

Scores of the baselines by the protocol of the long-term forecasting tables: MSE/MAE of standardized values over all channels.
FILE: CSV with a column of times and then the channels, such as ETTh1.csv.
--protocol NAME  ${PROTOCOLS.map(({ name }) => name).join(', ')}; default: by the name of the file
--lookback ROWS  default 336
--horizon ROWS   one horizon instead of those of the tables
--model KINDS    trains these by the preset published-ltsf instead, separated by commas, such as gru,lstm,attention
--seeds N        of each; default 3
--set PATH=VALUE changes the experiment, as in hindcast train; may be repeated`;

/** The published linear models were scored in batches of 32, without the last partial one. */
const MODES = [
  { title: 'all windows', dropBatchOf: null },
  { title: 'last partial batch of 32 dropped', dropBatchOf: 32 },
];

const OPTIONS = {
  protocol: { type: 'string' },
  lookback: { type: 'string', default: '336' },
  horizon: { type: 'string' },
  model: { type: 'string' },
  seeds: { type: 'string', default: '3' },
  set: { type: 'string', multiple: true, default: [] as string[] },
} as const;

export function bench(args: readonly string[]): Promise<void> {
  const { values, positionals } = readArguments(args, OPTIONS, USAGE);
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) refuse('ltsf takes one file.', USAGE);
  const protocol = findProtocol(values.protocol, basename(path));
  if (!protocol) refuse(`There is no protocol ${values.protocol}.`, USAGE);
  const lookback = rowsOf(values.lookback, '--lookback');
  const horizons = values.horizon === undefined ? protocol.horizons : [rowsOf(values.horizon, '--horizon')];
  const series = read(path);
  console.log(
    `${series.name}, protocol ${protocol.name}: ${series.columns.length} channels, look-back ${lookback}`,
  );
  if (values.model !== undefined) {
    const models = values.model.split(',');
    const channels = series.columns.map(({ name }) => name);
    const seeds = countOf(values.seeds, '--seeds', 'seeds', USAGE);
    trainModels({ path, name: series.name, channels, models, horizons, seeds, changes: values.set });
    return Promise.resolve();
  }
  for (const { title, dropBatchOf } of MODES) {
    console.log(`\n${title}`);
    for (const horizon of horizons) printRow(series, { protocol, horizon, lookback, dropBatchOf });
  }
  return Promise.resolve();
}

const rowsOf = (text: string, option: string): number => countOf(text, option, 'rows', USAGE);

function read(path: string): Series {
  try {
    return readLtsfFile(path);
  } catch (error) {
    return refuse((error as Error).message, USAGE);
  }
}

function printRow(series: Series, wanted: LtsfCase): void {
  const { horizon, lookback, dropBatchOf } = wanted;
  const startedAt = performance.now();
  const scores = scoreBaselinesOf(series, wanted);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`H ${horizon} (${seconds} s)`);
  for (const score of scores) {
    const { subject, mse, mae } = score;
    const published = { file: series.name, horizon, isBatchDropped: dropBatchOf !== null };
    const remark = lookback === PUBLISHED_LOOKBACK ? publishedRemark(score, published) : null;
    console.log(`  ${subject.padEnd(16)}${mse.toFixed(3)}/${mae.toFixed(3)}  ${remark ?? ''}`.trimEnd());
  }
}
