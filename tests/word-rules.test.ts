import { expect, test } from 'vitest';
import { wordViolations } from './word-rules.ts';

test.each([
  ['engine/a.ts', '// Whoever finds the lock attaches.\nexport {};', 1],
  ['engine/a.ts', 'const a = 1;\n/** The run goes on from its checkpoint. */\nconst b = 2;', 2],
  ['engine/a.ts', 'const text = `$' + '{name} is parted in two`;', 1],
  ['engine/a.ts', "throw new Error('no such place in the model');", 1],
  ['renderer/a.tsx', 'const a = <p>\n  One thing to mend\n</p>;', 2],
  ['engine/a.ts', 'run();\n// Calls are told off.\n', 2],
  ['docs/a.md', 'one\ntwo\nmade anew', 3],
])('a stilted word is found with its line: %s %s', (path, text, line) => {
  expect(wordViolations({ [path]: text })).toMatchObject([{ path, line }]);
});

test.each([
  ['engine/a.ts', "const parted = split('anew');\n// Sorted in place, within 2 units in the last place."],
  ['renderer/a.tsx', "const kind = 'mend';\nconst b = <p>A backup takes its place</p>;"],
])('names, values and plain words are let be: %s %s', (path, text) => {
  expect(wordViolations({ [path]: text })).toEqual([]);
});
