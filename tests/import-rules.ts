// The import rules of .dependency-cruiser.cjs over a tree; as a program, over this project: a part of `npm run check`.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import extractTypeScriptConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const configuration = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as {
  readonly forbidden: NonNullable<NonNullable<ICruiseOptions['ruleSet']>['forbidden']>;
  readonly options: ICruiseOptions;
};
const ROOT = join(import.meta.dirname, '..');

/** A resolver that understands nothing sees few modules and no violation. */
const FEWEST_MODULES = 300;

export interface ImportFindings {
  readonly modules: number;
  /** "rule: from -> to" */
  readonly violations: readonly string[];
}

export async function checkImports(baseDir: string): Promise<ImportFindings> {
  const { forbidden, options } = configuration;
  const { output } = await cruise(
    ['engine', 'electron', 'renderer'],
    { ...options, baseDir, ruleSet: { forbidden }, validate: true },
    undefined,
    { tsConfig: extractTypeScriptConfig(join(ROOT, 'tsconfig.json')) },
  );
  const { summary } = output as ICruiseResult;
  return {
    modules: summary.totalCruised,
    violations: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`),
  };
}

if (import.meta.main) {
  const { modules, violations } = await checkImports(ROOT);
  for (const violation of violations) process.stderr.write(`${violation}\n`);
  if (modules < FEWEST_MODULES)
    process.stderr.write(`only ${modules} modules were seen: the rules check nothing\n`);
  process.exitCode = violations.length > 0 || modules < FEWEST_MODULES ? 1 : 0;
}
