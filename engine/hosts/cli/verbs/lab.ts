// `hindcast lab`: the question, a guess, the measurement with its progress, and what was measured.

import { LAB_NAMES, type LabChoice, type LabName, type LabResult } from '../../../contract/labs.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { figuresCsv, figureTable } from '../../../words/labs/figure-tables.ts';
import type { LabWords } from '../../../words/labs/lab-words.ts';
import { guessText, LAB_WORDS } from '../../../words/labs/registry.ts';
import type { EngineClient, Outcome, VerbContext } from '../context.ts';
import { refuseExisting, writeNewFile } from '../files.ts';
import { formatLeft } from '../text/format.ts';
import { renderTable, type TableStyle } from '../text/table.ts';
import { cancellable } from '../watch/cancellable.ts';
import { tableStyle } from './style.ts';

export interface LabArguments {
  readonly lab: LabName | undefined;
  readonly guess?: string;
  readonly dataset?: string;
  readonly target?: string;
  readonly series?: string;
  readonly quick?: boolean;
  readonly results?: boolean;
  readonly out?: string;
  readonly force?: boolean;
}

export async function lab(context: VerbContext, given: LabArguments): Promise<Outcome> {
  if (given.results) return listResults(context, given.lab);
  if (given.lab === undefined) return listLabs();
  const words = LAB_WORDS[given.lab];
  const data = ownData(given);
  if (given.out !== undefined) await refuseExisting(given.out, 'file', given.force ?? false);
  const guess = await guessOf(context, words, given.guess);
  const { client } = await context.connect('create');
  const choice: LabChoice = { lab: given.lab, guess, quick: given.quick ?? false, data };
  const result = await cancellable(
    context.terminal,
    (line, signal) => consume(client, choice, line, signal),
    'The lab was cancelled; nothing of it is kept.',
  );
  if (given.out !== undefined) await writeNewFile(given.out, fileOf(result, given.out), given.force ?? false);
  return {
    json: result,
    text: textOf(result, { words, style: tableStyle(context.terminal), out: given.out }),
  };
}

function listLabs(): Outcome {
  const labs = LAB_NAMES.map((name) => LAB_WORDS[name]);
  return {
    json: labs,
    text: labs.map(({ name, title, summary }) => `${name.padEnd(11)}${title}: ${summary}`).join('\n'),
  };
}

async function listResults(context: VerbContext, name: LabName | undefined): Promise<Outcome> {
  const { client } = await context.connect('existing');
  const results = await client.labs.results({ lab: name });
  const lines = results.map(
    ({ id, lab, atMs, sentence, data }) =>
      `${id}  ${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')}  ${lab}${data === null ? '' : ` (${data})`}: ${sentence}`,
  );
  return { json: results, text: lines.length === 0 ? 'No lab was run yet.' : lines.join('\n') };
}

function ownData({ dataset, target, series }: LabArguments): LabChoice['data'] {
  if (dataset === undefined && target === undefined && series === undefined) return null;
  if (dataset !== undefined && target !== undefined) {
    return { dataset, target, ...(series !== undefined && { series }) };
  }
  const message =
    'Your own data need both --dataset and --target: which dataset, and which of its numeric columns.';
  throw new HindcastError('invalid-input', message, { details: { field: 'dataset' } });
}

/** As it was given; on a terminal it is asked for. */
async function guessOf(
  { terminal, json }: VerbContext,
  { question, setup, guesses, title }: LabWords,
  given: string | undefined,
): Promise<string | null> {
  if (given !== undefined) {
    if (guesses.some(({ id }) => id === given)) return given;
    const ids = guesses.map(({ id }) => id).join(', ');
    const message = `"${given}" is no guess of this lab; choose one of ${ids}.`;
    throw new HindcastError('invalid-input', message, { details: { field: 'guess' } });
  }
  if (json || !terminal.inIsTerminal || !terminal.errIsTerminal) return null;
  const lines = guesses.map(({ text }, index) => `  ${index + 1}  ${text}\n`).join('');
  terminal.err(`${title}\n\n${setup}\n\n${question}\n${lines}`);
  const answer = await terminal.ask('Your guess (a number; Enter for none): ');
  return guesses[Number(answer) - 1]?.id ?? null;
}

async function consume(
  client: EngineClient,
  choice: LabChoice,
  line: (text: string) => void,
  signal: AbortSignal,
): Promise<LabResult> {
  for await (const update of await client.labs.run(choice, { signal })) {
    if (update.type === 'done') return update.result;
    const { doing, done, of, secondsLeft } = update;
    line(`${doing}  ${done} of ${of} done${secondsLeft === null ? '' : `  ${formatLeft(secondsLeft)}`}`);
  }
  throw new HindcastError('internal', 'The lab ended without a result; try it again.');
}

interface TextOptions {
  readonly words: LabWords;
  readonly style: TableStyle;
  /** The file that the figures were written to. */
  readonly out: string | undefined;
}

function textOf(
  { id, guess, outcome, seconds, machine }: LabResult,
  { words, style, out }: TextOptions,
): string {
  const guessed = guessText(words.name, guess);
  const right = guessText(words.name, outcome.answer) ?? outcome.answer;
  const verdict =
    guessed === null
      ? `Measured: ${right}.`
      : guess === outcome.answer
        ? `Your guess was right: ${guessed}.`
        : `You guessed: ${guessed}. Measured: ${right}.`;
  const tables = outcome.figures
    .filter(({ kind }) => kind === 'table')
    .map((figure) => {
      const { title, columns, rows } = figureTable(figure);
      const headers = columns.map((header, index) => ({
        header,
        right: rows.some((row) => typeof row[index] === 'number'),
      }));
      const cells = rows.map((row) => row.map(cellText));
      return `${title}\n${renderTable(headers, cells, style)}`;
    });
  return [
    verdict,
    outcome.sentence,
    ...outcome.remarks,
    ...tables,
    `Result ${id}, ${seconds.toFixed(0)} s on ${machine}.${out === undefined ? '' : ` Written to ${out}.`}`,
  ].join('\n\n');
}

const cellText = (cell: string | number | null): string =>
  cell === null ? '-' : typeof cell === 'string' ? cell : String(Number(cell.toPrecision(4)));

/** JSON, or all figures as one table with the figure's title in front. */
function fileOf(result: LabResult, path: string): Uint8Array {
  const text = path.toLowerCase().endsWith('.json')
    ? `${JSON.stringify(result, null, 2)}\n`
    : figuresCsv(result.outcome);
  return new TextEncoder().encode(text);
}
