// Notice of the sample tables: source and licence of each, from the description that comes with their package.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Origin {
  readonly name?: string;
  readonly title?: string;
  readonly path?: string;
}
interface Table {
  readonly path: string;
  readonly sources?: readonly Origin[];
  readonly licenses?: readonly Origin[];
}

/** @throws Error where a table that ships is not described. */
export function sampleDataNotice(root: string): string {
  const folder = join(root, 'node_modules', 'vega-datasets');
  const { resources } = JSON.parse(readFileSync(join(folder, 'datapackage.json'), 'utf8')) as {
    resources: readonly Table[];
  };
  const tables = readdirSync(join(folder, 'data')).filter((file) => file.endsWith('.csv'));
  return ['Sample data (from vega-datasets)', ...tables.map((file) => tableNotice(file, resources))].join(
    '\n\n',
  );
}

function tableNotice(file: string, resources: readonly Table[]): string {
  const table = resources.find(({ path }) => path === file);
  if (!table) throw new Error(`The sample table ${file} ships with Hindcast without a word on its origin`);
  return `${file}\nSource: ${named(table.sources)}\nLicence: ${named(table.licenses)}`;
}

const named = (origins: readonly Origin[] = []): string =>
  origins.length > 0 ? origins.map(textOf).join('; ') : 'vega-datasets names none';

const textOf = ({ name, title, path }: Origin): string =>
  [title ?? name, path && `(${path})`].filter(Boolean).join(' ');
