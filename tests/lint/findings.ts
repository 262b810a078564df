// What the project's own rules for the linter find, with its configuration.
import { type ExecFileSyncOptionsWithStringEncoding, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const BIOME = join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');

/** Files in which a rule of this folder finds something, with how often. */
export function findings(files: Readonly<Record<string, string>>): Record<string, number> {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-lint-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const rules = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.grit'));
  for (const path of ['biome.json', '.gitignore', ...rules.map((name) => `tests/lint/${name}`)]) {
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
