// The linter's rule against functions of Math, with the project's own configuration: it applies where weights and scores are
// computed, and only there.
import { type ExecFileSyncOptionsWithStringEncoding, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const BIOME = join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');

/** Files in which the rule finds something, with how often. */
function findings(files: Readonly<Record<string, string>>): Record<string, number> {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-lint-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const path of ['biome.json', '.gitignore', 'tests/lint/deterministic-math.grit']) {
    cpSync(join(ROOT, path), join(folder, path));
  }
  for (const [path, code] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), code);
  }
  const found: Record<string, number> = {};
  for (const { location, category } of lint(folder)) {
    if (category === 'plugin') found[location.path] = (found[location.path] ?? 0) + 1;
  }
  return found;
}

interface Diagnostic {
  readonly category: string;
  readonly location: { readonly path: string };
}

function lint(folder: string): Diagnostic[] {
  const options: ExecFileSyncOptionsWithStringEncoding = { cwd: folder, encoding: 'utf8', stdio: 'pipe' };
  const run = (): string => {
    try {
      return execFileSync(process.execPath, [BIOME, 'lint', '--reporter=json', '.'], options);
    } catch (failure) {
      return (failure as { stdout: string }).stdout; // findings end it with 1
    }
  };
  return (JSON.parse(run()) as { diagnostics: Diagnostic[] }).diagnostics;
}

test.each([
  'Math.exp(1)',
  'Math.log2(3)',
  '[1].map(Math.tanh)',
  'Math.hypot(1, 2)',
  "Math['sin'](1)",
  'globalThis.Math.cos(1)',
  'x ** 2',
  '2 ** x',
])('%s is found', (expression) => {
  const code = `const x = Number('3');\nexport const y = ${expression};\nexport const z = x;\n`;
  expect(findings({ 'engine/models/a.ts': code })).toEqual({ 'engine/models/a.ts': 1 });
});

test('the functions under another name, and a power that is assigned, are found', () => {
  const code = 'const { exp } = Math;\nlet x = exp(1);\nx **= 2;\nexport const y = x;\n';
  expect(findings({ 'engine/models/a.ts': code })).toEqual({ 'engine/models/a.ts': 2 });
});

test('it watches every folder whose numbers reach weights or scores, and no other', () => {
  const watched = ['numerics', 'kernels', 'backends', 'ops', 'models', 'data', 'training', 'evaluation'];
  const paths = [...watched, 'store', 'services'].map((folder) => `engine/${folder}/deep/a.ts`);
  const code = 'export const y = Math.exp(1);\n';
  const found = findings(Object.fromEntries(paths.map((path) => [path, code])));
  expect(Object.keys(found).sort()).toEqual(watched.map((folder) => `engine/${folder}/deep/a.ts`).sort());
});

test('what is exact by the standard passes', () => {
  const exact = ['Math.sqrt(2)', 'Math.floor(1.5)', 'Math.PI', 'Math.fround(1)', '2 ** 32', '2 ** 24 * 3'];
  const code = exact.map((expression, index) => `export const y${index} = ${expression};\n`).join('');
  expect(findings({ 'engine/models/a.ts': code })).toEqual({});
});
