// Control sequences from files never reach a terminal.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jsonText } from '../../../engine/hosts/cli/text/json-output.ts';
import { safeText } from '../../../engine/hosts/cli/text/safe-text.ts';
import { startCommand } from '../command.ts';
import { temporaryFolder } from '../engine/fixture.ts';

const ESC = '\u001b';

test.each([
  [`a${ESC}[31mred`, 'a\\x1b[31mred'],
  [`title${ESC}]0;owned\u0007`, 'title\\x1b]0;owned\\x07'],
  ['one\u009b2Jtwo\u007f', 'one\\x9b2Jtwo\\x7f'],
  ['over\rwritten', 'over\\x0dwritten'],
  ['turned\u202eround', 'turned\\u202eround'],
  ['line\nand\ttab: ä 漢 🙂', 'line\nand\ttab: ä 漢 🙂'],
  [`\rprogress${ESC}[K`, `\rprogress${ESC}[K`],
  [`${ESC}[2mdim${ESC}[22m`, `${ESC}[2mdim${ESC}[22m`],
])('%j is printed as %j', (text, printed) => expect(safeText(text)).toBe(printed));

test('JSON keeps every character, as an escape', () => {
  const value = { name: `a${ESC}[31m\u009b\u007f\u202e` };
  const text = jsonText(value);
  expect(text).toMatch(/^[\n\x20-\x7e]*$/);
  expect(JSON.parse(text)).toEqual(value);
});

test('a header with control sequences comes out harmless in lists, errors and progress', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'evil.csv');
  const name = `close${ESC}]0;owned\u0007${ESC}[2J`;
  writeFileSync(file, `date,${name}\n2024-01-01,1\n2024-01-02,2\n2024-01-03,3\n`);
  const run = (...args: string[]) => startCommand([...args, '--workspace', join(folder, 'w.hindcast')]).ended;
  const said = [
    await run('import', file, '--name', `n${ESC}[31m`),
    await run('datasets'),
    await run('datasets', `n${ESC}[31m`),
    await run('import', join(folder, `none${ESC}[2J.csv`)),
    await run('runs', `x${ESC}[2J`),
  ];
  for (const { stdout, stderr } of said) expect(`${stdout}${stderr}`).not.toContain(ESC);
});
