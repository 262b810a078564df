// `npm run bench -- texts`: how fast a trained model writes, and the tasks of texts, captions and videos beside their twins in PyTorch.
import { readArguments, refuse } from '../options.ts';
import { measureTwins } from './twins.ts';
import { measureWriting } from './writing.ts';

const USAGE = `usage: npm run bench -- texts [writing | twins]

writing   characters a second of an LSTM of 256 units, and milliseconds to the first one. Target: 2,000 and 100.
twins     trains a language model, a translator, a labeller, a writer of captions and a forecaster of frames beside PyTorch, from the
          same first weights, on the same batches.
          Target: losses within 1 %, BLEU of the translator within 1. PyTorch is that of HINDCAST_BENCH_PYTHON, or of python3.
Without a word: both. They have no options.`;

const PARTS: Readonly<Record<string, () => Promise<void>>> = { writing: measureWriting, twins: measureTwins };

export async function bench(args: readonly string[]): Promise<void> {
  const { positionals } = readArguments(args, {}, USAGE);
  const unknown = positionals.find((name) => !(name in PARTS));
  if (unknown !== undefined) return refuse(`There is no part ${unknown}.`, USAGE);
  for (const name of positionals.length > 0 ? positionals : Object.keys(PARTS)) await PARTS[name]!();
}
