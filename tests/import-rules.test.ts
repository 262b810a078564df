import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkImports } from './import-rules.ts';

async function violationsOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-imports-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const path of [
    'engine/contract/leaf.ts',
    'electron/leaf.ts',
    'renderer/leaf.ts',
    ...Object.keys(files),
  ]) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), files[path] ?? 'export const leaf = 1;\n');
  }
  return (await checkImports(folder)).violations;
}

const importing = (path: string) => `import { leaf } from '${path}';\nexport const here = leaf;\n`;
const leaf = 'export const leaf = 1;\n';

test.each([
  ['contract-stands-alone', 'engine/contract/a.ts', '../store/b.ts', 'engine/store/b.ts'],
  ['words-stand-on-the-contract', 'engine/words/a.ts', '../data/b.ts', 'engine/data/b.ts'],
  ['training-knows-no-store', 'engine/training/a.ts', '../store/b.ts', 'engine/store/b.ts'],
  ['data-knows-no-runs', 'engine/data/a.ts', '../training/b.ts', 'engine/training/b.ts'],
  ['ops-stand-on-backends', 'engine/ops/a.ts', '../models/b.ts', 'engine/models/b.ts'],
  ['services-know-no-host', 'engine/services/a.ts', '../hosts/b.ts', 'engine/hosts/b.ts'],
  ['windows-know-connect-and-contract', 'renderer/a.ts', '../engine/services/b.ts', 'engine/services/b.ts'],
])('%s is seen when it is broken', async (rule, from, path, to) => {
  expect(await violationsOf({ [from]: importing(path), [to]: leaf })).toEqual([`${rule}: ${from} -> ${to}`]);
});

test('what is allowed passes, circles do not', async () => {
  const allowed = { 'engine/services/a.ts': importing('../store/b.ts'), 'engine/store/b.ts': leaf };
  expect(await violationsOf(allowed)).toEqual([]);
  const circle = {
    'engine/store/a.ts': "import { b } from './b.ts';\nexport const a = () => b;\n",
    'engine/store/b.ts': "import { a } from './a.ts';\nexport const b = () => a;\n",
  };
  const ofTypes = {
    'engine/store/a.ts': "import type { B } from './b.ts';\nexport type A = B[];\n",
    'engine/store/b.ts': "import type { A } from './a.ts';\nexport type B = A[] | null;\n",
  };
  for (const tree of [circle, ofTypes]) {
    const violations = await violationsOf(tree);
    expect(violations.every((violation) => violation.startsWith('no-circular'))).toBe(true);
    expect(violations).not.toEqual([]);
  }
});
