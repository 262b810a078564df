// The linter's rule for tests: properties have a seed, and no test has a limit shorter than the one of all.
import { expect, test } from 'vitest';
import { findings } from './findings.ts';

const PROPERTY = 'fc.property(fc.nat(), (seed) => draw({ seed: 1 }, seed) >= 0)';
const WORK = '() => {}';

test('a property without a seed, and a short limit, are found', () => {
  const lines = [
    `fc.assert(${PROPERTY});`,
    `fc.assert(${PROPERTY}, { numRuns: 3 });`,
    `test('a', ${WORK}, 60_000);`,
    `it('b', ${WORK}, 5000);`,
    `test.each([1])('c', ${WORK}, 120_000);`,
    `test.skipIf(true)('d', ${WORK}, 299_999);`,
  ];
  for (const line of lines)
    expect(findings({ 'tests/data/a.test.ts': `${line}\n` }), line).toEqual({ 'tests/data/a.test.ts': 1 });
});

test('a seed, a longer limit and what is no test pass', () => {
  const lines = [
    `fc.assert(${PROPERTY}, { seed: 1 });`,
    `fc.assert(${PROPERTY}, { numRuns: 3, seed: 40 });`,
    `test('a', ${WORK});`,
    `test('b', ${WORK}, 600_000);`,
    `wait('c', ${WORK}, 50);`,
  ];
  expect(findings({ 'tests/data/a.test.ts': `${lines.join('\n')}\n` })).toEqual({});
});
