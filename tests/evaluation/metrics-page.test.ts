// docs/metrics.md says of every metric what the registry says.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { METRICS } from '../../engine/evaluation/metrics/registry.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/metrics.md'), 'utf8');
const cell = (text: string): string => text.replaceAll('|', '\\|');
const BETTER = { lower: 'lower', higher: 'higher', zero: 'nearer to 0', neither: 'neither' } as const;

test('a row for each metric, in the order of the registry', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  expect(rows).toEqual(
    METRICS.map(
      ({ name, label, meaning, definition, better }) =>
        `| \`${name}\` | ${label} | ${BETTER[better]} | ${cell(meaning)} | ${cell(definition)} |`,
    ),
  );
});
