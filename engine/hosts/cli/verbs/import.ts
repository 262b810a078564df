// `hindcast import FILE`: makes a dataset from a file, and reports what was found and set aside.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type DatasetDetail,
  type ImportOptions,
  type ImportSource,
  RecipeSchema,
} from '../../../contract/datasets/dataset.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import type { DatasetReference } from '../../../contract/values/ids.ts';
import { columnWarnings } from '../../../words/column-changes.ts';
import { withRemedies } from '../../../words/findings.ts';
import { optionsOfDataset, optionsOfRecipe } from '../../../words/recipe.ts';
import { type CleanArguments, cleanOf, splitCleaning } from '../clean-arguments.ts';
import type { EngineClient, Outcome, VerbContext } from '../context.ts';
import { cutText, oneLine } from '../text/table.ts';
import { UsageError } from '../usage.ts';
import { columnTable, extent, reportText, seriesText } from './dataset-text.ts';
import { importWatching } from './import-watching.ts';
import { tableStyle } from './style.ts';

export type ImportFlags = Omit<ImportOptions, 'clean'> &
  CleanArguments & {
    readonly name?: string;
    /** False: the file has none. */
    readonly header?: boolean;
    /** Checks whose remedies are applied; `all` for each. */
    readonly remedy?: readonly string[];
    /** A file with a recipe, or a dataset. */
    readonly recipe?: string;
  };

export type ImportArguments = ImportFlags & {
  /** One at least. */
  readonly files: readonly string[];
};

export async function importFile(context: VerbContext, given: ImportArguments): Promise<Outcome> {
  const { cleaning, rest } = splitCleaning(given);
  const { files, name, remedy, recipe, header = true, ...form } = rest;
  if (!header && form.headerLine !== undefined)
    throw new UsageError("--no-header and --header-line can't be used together; choose one of them.");
  const [file = '', ...more] = files;
  const { client } = await context.connect('create');
  const replayed = recipe === undefined ? {} : await optionsOf(client, recipe);
  const clean = cleanOf(cleaning, replayed.clean);
  const headless = header ? {} : { headerLine: 0 };
  const asked: ImportOptions = { ...replayed, ...form, ...headless, ...(clean && { clean }) };
  const others = more.length > 0 ? { more: more.map((one) => resolve(one)) } : {};
  const source = { kind: 'file' as const, path: resolve(file), ...others };
  const options = remedy === undefined ? asked : await remedied(client, source, asked, remedy);
  const { dataset, created } = await importWatching(client, context.terminal, { source, name, options });
  const warnings = created ? await warningsOf(client, dataset) : [];
  if (!context.json) for (const warning of warnings) context.terminal.err(`warning: ${warning}\n`);
  const label = `"${dataset.name}", version ${dataset.version}`;
  const blocks = [
    created
      ? `Imported ${label}: ${extent(dataset)}.`
      : `Nothing new: ${file} has the same content as ${label}: ${extent(dataset)}.`,
    seriesText(dataset),
    columnTable(dataset, tableStyle(context.terminal)),
    reportText(dataset.report),
  ];
  return { json: { created, dataset, warnings }, text: blocks.filter((block) => block !== '').join('\n\n') };
}

/** Of a recipe in a file, or of a dataset. */
async function optionsOf(client: EngineClient, recipe: string): Promise<ImportOptions> {
  if (!existsSync(recipe))
    return optionsOfDataset(await client.datasets.get({ dataset: recipe as DatasetReference }));
  try {
    return optionsOfRecipe(RecipeSchema.parse(JSON.parse(readFileSync(recipe, 'utf8'))));
  } catch (cause) {
    const message = `${recipe} holds no recipe; write one with hindcast show DATASET --config.`;
    throw new HindcastError('invalid-input', message, { cause });
  }
}

/** The options with the remedies of what a first look at the file finds. */
async function remedied(
  client: EngineClient,
  source: ImportSource,
  options: ImportOptions,
  checks: readonly string[],
): Promise<ImportOptions> {
  const { report } = await client.datasets.preview({ source, options });
  const offered = (report.findings ?? []).filter((finding) => finding.remedy !== null);
  // Another reading is never meant by all.
  const chosen = checks.includes('all')
    ? offered.filter(({ remedy }) => remedy?.reads === undefined)
    : offered.filter(({ check }) => checks.includes(check));
  return withRemedies(options, chosen);
}

/** What the version before has and this one lacks. */
async function warningsOf(client: EngineClient, { id, version, columns }: DatasetDetail): Promise<string[]> {
  if (version === 1) return [];
  const before = await client.datasets.get({ dataset: id, version: version - 1 });
  return columnWarnings(before.columns, columns, (name) => cutText(oneLine(name), 40));
}
