// Finds the position where a text stops being JSON; JSON.parse does not always report it.

export interface JsonProblem {
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
  /** What is wrong there: `a comma or "}" is expected, but "x" was found`. */
  readonly problem: string;
}

class Stop extends Error {}

/** The first position at which `text` breaks JSON's grammar (RFC 8259), or null where it is JSON. */
export function findJsonProblem(text: string): JsonProblem | null {
  const scanner = createScanner(text);
  try {
    scanner.value();
    scanner.end();
    return null;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    const before = text.slice(0, scanner.position());
    const line = before.split('\n').length;
    return {
      line,
      column: [...before.slice(before.lastIndexOf('\n') + 1)].length + 1,
      problem: error.message,
    };
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\\p{Cc}]|\u007f|[\u0080-\u009f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const BLANKS = /[ \t\r\n]*/y;

function createScanner(text: string) {
  let at = 0;

  const fail = (expected: string): never => {
    const there =
      at >= text.length ? 'the text ends' : `${JSON.stringify([...text.slice(at, at + 2)][0])} was found`;
    throw new Stop(`${expected} is expected, but ${there}`);
  };
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) at += match[0].length;
    return match !== null;
  };
  const skip = (character: string): boolean => {
    take(BLANKS);
    if (text[at] !== character) return false;
    at++;
    return true;
  };

  const string = (expected: string): void => {
    take(BLANKS);
    if (text[at] !== '"') fail(expected);
    if (!take(STRING)) throw new Stop('this text has no closing quote on its line, or a backslash too many');
  };
  const members = (close: string, member: () => void): void => {
    at++;
    if (skip(close)) return;
    do member();
    while (skip(','));
    if (!skip(close)) fail(`a comma or "${close}"`);
  };
  const value = (): void => {
    take(BLANKS);
    if (text[at] === '{') {
      members('}', () => {
        string('a field name in double quotes');
        if (!skip(':')) fail('a colon');
        value();
      });
    } else if (text[at] === '[') members(']', value);
    else if (text[at] === '"') string('a text');
    else if (!take(NUMBER) && !take(/true|false|null/y)) fail('a value');
  };

  return {
    value,
    end: () => {
      take(BLANKS);
      if (at < text.length) fail('the end');
    },
    position: () => at,
  };
}
