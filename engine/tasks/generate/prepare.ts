// Turns an experiment and its texts into parts, tokens and prompts. The vocabulary sees the training part alone.
import { createHash } from 'node:crypto';
import type { PartInfo } from '../../contract/runs/run.ts';
import type { GenerateTask } from '../../contract/tasks/generate.ts';
import type { GenerateExperiment } from '../../contract/tasks/generate-experiment.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { countText } from '../../data/count-text.ts';
import { didYouMean } from '../../data/pipeline/did-you-mean.ts';
import type { Part } from '../../data/prepared.ts';
import type { SampleTable } from '../../data/samples/sample-table.ts';
import { splitSamples } from '../../data/samples/split-samples.ts';
import {
  createTextCoder,
  fitTextTokens,
  type TextCoder,
  type TextTokens,
  UNKNOWN,
} from '../../data/samples/text-tokens.ts';
import { spacedTokens } from '../../data/samples/token-lists.ts';
import { LANGUAGE_METRICS } from '../../evaluation/language/language-metrics.ts';
import { shareText } from '../../words/share-text.ts';
import { PARTS, requireNoPipeline } from '../sample-split.ts';
import {
  type Cut,
  type Documents,
  type EncodedTexts,
  encodeTexts,
  type Stretch,
  tokensIn,
} from './documents.ts';
import { promptsFor } from './prompts.ts';

export interface PreparedGenerate {
  readonly table: SampleTable;
  readonly texts: readonly string[];
  readonly coder: TextCoder;
  readonly tokens: TextTokens;
  readonly documents: Documents;
  readonly stretches: Readonly<Record<Part, readonly Stretch[]>>;
  readonly prompts: readonly string[];
  readonly partInfos: readonly PartInfo[];
  readonly fingerprint: string;
  readonly fitted: FittedGenerate;
  readonly notes: readonly string[];
  readonly facts: readonly string[];
}

/** Plain JSON: enough to write with the weights. */
export interface FittedGenerate {
  readonly version: 1;
  readonly tokens: TextTokens;
}

/** @throws HindcastError `invalid-input` and `too-few-rows`, with the field of the experiment in `details.field`. */
export function prepareGenerate(
  { task, split, pipeline }: GenerateExperiment,
  table: SampleTable,
  dataset: string,
): PreparedGenerate {
  for (const name of task.metrics) findLanguageMetric(name);
  requireNoPipeline({ pipeline });
  const texts = textsOf(table, task.input);
  const notes: string[] = [];
  const parts = cutTexts({ split, table, texts, note: (text) => notes.push(text) });
  const tokens = fitTextTokens(
    task.tokens,
    parts.train.map(({ row, from, to }) => texts[row]!.slice(from, to)),
  );
  if (tokens.tokens.length === 0) throw noText(dataset);
  const coder = createTextCoder(tokens);
  const { documents, stretches } = encodeTexts(parts, texts, coder);
  for (const part of PARTS) if (tokensIn(stretches[part]) === 0) throw emptyPart(dataset, part, split.kind);
  const known = knownTokens(tokens, { documents, stretches }, parts);
  notes.push(...known.notes);
  return {
    table,
    texts,
    coder,
    tokens,
    documents,
    stretches,
    prompts: promptsFor(
      task,
      parts.validation.map(({ row, from, to }) => texts[row]!.slice(from, to)),
      coder,
    ),
    partInfos: PARTS.map((part) => ({
      part,
      rows: parts[part].length,
      windows: tokensIn(stretches[part]),
      fromUs: null,
      toUs: null,
    })),
    fingerprint: fingerprintOf(task, parts.test, texts),
    fitted: { version: 1, tokens },
    notes,
    facts: known.facts,
  };
}

interface Cutting {
  readonly split: GenerateExperiment['split'];
  readonly table: SampleTable;
  readonly texts: readonly string[];
  note(text: string): void;
}

/** Whole texts by part, or of each text its beginning, what follows, and its end. */
function cutTexts({ split, table, texts, note }: Cutting): Record<Part, Cut[]> {
  const isEmpty = (row: number) => texts[row]!.trim() === '';
  if (split.kind === 'samples') {
    const rows = splitSamples({ split, table, labels: texts.map(() => ''), note });
    const cuts = (part: Part) =>
      rows[part].filter((row) => !isEmpty(row)).map((row) => ({ row, from: 0, to: texts[row]!.length }));
    return { train: cuts('train'), validation: cuts('validation'), test: cuts('test') };
  }
  if (split.kind !== 'fraction') throw wrongSplit(split.kind);
  const parts: Record<Part, Cut[]> = { train: [], validation: [], test: [] };
  for (const [row, text] of texts.entries()) {
    if (isEmpty(row)) continue;
    const first = boundary(text, split.train);
    const second = boundary(text, split.train + split.validation);
    parts.train.push({ row, from: 0, to: first });
    parts.validation.push({ row, from: first, to: second });
    parts.test.push({ row, from: second, to: text.length });
  }
  return parts;
}

const LOOKED_FOR = 2_000;

/** Before the next space, where every token ends; never within a letter of two units. */
function boundary(text: string, share: number): number {
  const at = Math.round(text.length * share);
  const space = text.slice(at, at + LOOKED_FOR).search(/\s/);
  if (space >= 0) return at + space;
  return /[\udc00-\udfff]/.test(text[at] ?? '') ? at + 1 : at;
}

function textsOf(table: SampleTable, name: string): readonly string[] {
  const column = table.columns.find((one) => one.name === name);
  if (!column) {
    throw new HindcastError('unknown-column', `The data have no column "${name}".`, {
      details: { column: name },
    });
  }
  if (column.kind === 'text') return column.texts;
  if (column.kind === 'tokens') return column.lists.map(spacedTokens);
  if (column.kind === 'category') return Array.from(column.codes, (code) => column.categories[code] ?? '');
  const message = `task.input is "${name}", a column of the kind "${column.kind}"; choose a column of texts.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'task.input' } });
}

export function findLanguageMetric(name: string) {
  const found = LANGUAGE_METRICS.find((metric) => metric.name === name);
  if (found) return found;
  const names = LANGUAGE_METRICS.map((metric) => metric.name);
  const message = `There is no metric "${name}" of texts${didYouMean(name, names)}; task.metrics takes ${names.join(', ')}.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'task.metrics' } });
}

const FEW_CHARACTERS = 20_000;

/** What of the texts the vocabulary knows, and whether there is enough of them. */
function knownTokens(
  { tokens, by }: TextTokens,
  { documents, stretches }: EncodedTexts,
  parts: Readonly<Record<Part, readonly Cut[]>>,
): Pick<PreparedGenerate, 'notes' | 'facts'> {
  const all = tokensIn(stretches.validation);
  let unknown = 0;
  for (const { row, from, to } of stretches.validation)
    for (const token of documents.tokensOf(row).subarray(from, to)) if (token === UNKNOWN) unknown += 1;
  const characters = parts.train.reduce((sum, { from, to }) => sum + to - from, 0);
  const share = shareText(unknown / Math.max(1, all), 2);
  const known = `${countText(tokens.length)} different ${by} are known, from ${countText(characters)} characters of training text; ${share} of the validation text is unknown.`;
  const few = `Fewer than ${countText(FEW_CHARACTERS)} characters of training text: a model learns little more than which letters are frequent.`;
  return {
    notes: [...(unknown > 0 ? [known] : []), ...(characters < FEW_CHARACTERS ? [few] : [])],
    facts: unknown > 0 ? [] : [known],
  };
}

/** What is scored: the texts of the test part, and the metrics. Tokens are not covered, since bits per character compare any of them. */
function fingerprintOf(task: GenerateTask, test: readonly Cut[], texts: readonly string[]): string {
  const hash = createHash('sha256');
  const metrics = [...new Set(task.metrics)].sort();
  hash.update(JSON.stringify({ protocol: 1, task: task.kind, lowerCase: task.tokens.lowerCase, metrics }));
  const scored = test.map(({ row, from, to }) => texts[row]!.slice(from, to)).sort();
  for (const text of scored) hash.update(`\n${text.length} ${text}`);
  return hash.digest('hex');
}

function wrongSplit(kind: string): HindcastError {
  const message = `split.kind is "${kind}", which splits by time; texts take "samples" (whole texts) or "fraction" (the end of each text is the test part).`;
  return new HindcastError('invalid-input', message, { details: { field: 'split.kind' } });
}

function noText(dataset: string): HindcastError {
  const message = `The training part of "${dataset}" has no text to learn from; import texts, or lower task.tokens.fewest.`;
  return new HindcastError('too-few-rows', message, { details: { field: 'task.input' } });
}

function emptyPart(dataset: string, part: Part, split: GenerateExperiment['split']['kind']): HindcastError {
  const remedy =
    split === 'fraction'
      ? 'its texts are too short to be cut into three parts; import longer ones, or give this part a larger share of each'
      : 'import more different texts, or set split to {"kind": "fraction", "train": 0.8, "validation": 0.1}, which cuts each text';
  const message = `The ${part} part of "${dataset}" has no text: ${remedy}.`;
  return new HindcastError('too-few-rows', message, { details: { field: 'split' } });
}
