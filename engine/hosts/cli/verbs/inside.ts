// `hindcast inside RUN --view NAME`: one view of a model's inside as CSV, nothing reduced, or as a drawing.
import { extname } from 'node:path';

import type { EngineClient } from '../../../connect/connection.ts';
import type { InsideDescription } from '../../../contract/inside/description.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import type { RunReference } from '../../../contract/values/ids.ts';
import { figuresSvg } from '../../../tables/inside/figure-svg.ts';
import type { LongTable } from '../../../tables/inside/long-table.ts';
import { TABLE_NAMES, TABLES, type TableViewName } from '../../../tables/inside/registry.ts';
import { csvOf, type InsideQuestion } from '../../../tables/inside/view.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { refuseExisting, writeNewFile } from '../files.ts';
import { counted } from '../text/format.ts';
import { UsageError } from '../usage.ts';

export interface InsideArguments extends InsideQuestion {
  readonly view: TableViewName;
  readonly out?: string;
  readonly force?: boolean;
}

export async function inside(context: VerbContext, given: InsideArguments): Promise<Outcome> {
  const { view, out, force = false, ...question } = given;
  if (question.edits && !TABLES[view].takesEdits) throw noEdits(view);
  if (out !== undefined && isPicture(out) && !TABLES[view].figures) throw noPicture(view);
  // Before the engine works for nothing.
  if (out !== undefined) await refuseExisting(out, 'file', force);
  const { client } = await context.connect('existing');
  const described = await describedOf(client, question.run);
  if (needsReplay(question, described)) await replay(context, client, question.run, described);
  const table = await TABLES[view].table(client, question);
  const { rows, columns } = table;
  const notes = [...described.notes, ...(table.notes ?? [])];
  if (!context.json) for (const note of notes) context.terminal.err(`note: ${note}\n`);
  if (out !== undefined) {
    const text = isPicture(out) ? pictureOf(view, table) : csvOf(table);
    await writeNewFile(out, new TextEncoder().encode(text), force);
    return {
      json: { run: question.run, view, rows: rows.length, file: out, notes },
      text: `Wrote ${counted(rows.length, 'row')} to ${out}.`,
    };
  }
  if (!context.json) return { json: null, text: csvOf(table).trimEnd() };
  return { json: { run: question.run, view, columns, rows, notes }, text: '' };
}

const isPicture = (out: string): boolean => extname(out).toLowerCase() === '.svg';

function pictureOf(view: TableViewName, table: LongTable): string {
  const svg = figuresSvg(TABLES[view].figures?.(table) ?? []);
  if (svg !== null) return svg;
  throw noPicture(view);
}

function noPicture(view: TableViewName): UsageError {
  const views = TABLE_NAMES.filter((name) => TABLES[name].figures).join(', ');
  return new UsageError(
    `The view ${view} has nothing to draw; write it to a .csv file, or choose one of ${views}.`,
    { option: '--out' },
  );
}

function noEdits(view: TableViewName): UsageError {
  const views = TABLE_NAMES.filter((name) => TABLES[name].takesEdits).join(', ');
  return new UsageError(
    `--edit changes one window, and the view ${view} is about many; it goes with ${views}.`,
    { option: '--edit' },
  );
}

type Described = Pick<InsideDescription, 'weights' | 'replay' | 'notes'>;

/** Nothing of a model of samples: the view itself says whether it goes with one. */
async function describedOf(client: EngineClient, run: RunReference): Promise<Described> {
  try {
    return await client.inside.describe({ run });
  } catch (error) {
    if (!(error instanceof HindcastError) || error.details?.field !== 'view') throw error;
    return { weights: [], replay: null, notes: [] };
  }
}

function needsReplay({ weights }: InsideQuestion, described: Described): boolean {
  if (typeof weights !== 'object') return false;
  const isKept = described.weights.some(({ epoch }) => epoch === weights.epoch);
  return !isKept && weights.epoch <= (described.replay?.epochs ?? 0);
}

/** Says before how long it takes, and after whether it is the run. */
async function replay(
  { json, terminal }: VerbContext,
  client: EngineClient,
  run: RunReference,
  { replay }: Described,
): Promise<void> {
  const say = (text: string) => !json && terminal.err(`${text}\n`);
  if (replay) {
    const time = replay.seconds === null ? '' : `, about ${Math.max(1, Math.round(replay.seconds))} s`;
    say(`Training ${counted(replay.epochs, 'epoch')} again${time}.`);
  }
  say((await client.inside.replay({ run })).sentence);
}
