// Parses the contract's plain-text formulas for MathML: `W_hh' h_{t-1}` -> W with index hh and a transpose, then h with index t -
// 1. A prime is a transpose, * a product of elements. Pure.

export interface MathNode {
  readonly tag: 'mi' | 'mn' | 'mo' | 'mspace' | 'mrow' | 'msub' | 'msup' | 'msubsup' | 'msqrt';
  readonly text?: string;
  readonly children?: readonly MathNode[];
}

interface Token {
  readonly text: string;
  /** There is whitespace before it. */
  readonly apart: boolean;
}

const WORDS: Readonly<Record<string, MathNode>> = {
  sigmoid: { tag: 'mi', text: 'σ' },
  sum: { tag: 'mo', text: '∑' },
  in: { tag: 'mo', text: '∈' },
};
const SIGNS: Readonly<Record<string, string>> = { '*': '⊙', '-': '−', '...': '…' };
const isWord = (text: string | undefined): boolean => /^[A-Za-z]/.test(text ?? '');

function tokensOf(formula: string): Token[] {
  return [...formula.matchAll(/(\s*)(\.\.\.|[A-Za-z]+|\d+|\S)/g)].map(([, space = '', text = '']) => ({
    text,
    apart: space !== '',
  }));
}

export function parseMath(formula: string): MathNode {
  const tokens = tokensOf(formula);
  let at = 0;

  function row(end: string | null): MathNode[] {
    const nodes: MathNode[] = [];
    let before: string | undefined;
    while (at < tokens.length && tokens[at]?.text !== end) {
      const { text, apart } = tokens[at] as Token;
      // Two names side by side are a product; a word keeps its distance.
      if (apart && isWord(before) && isWord(text) && Math.max(before?.length ?? 0, text.length) > 1)
        nodes.push({ tag: 'mspace' });
      nodes.push(scripted(atom()));
      before = tokens[at - 1]?.text;
    }
    at += 1;
    return nodes;
  }

  function atom(): MathNode {
    const { text } = tokens[at++] as Token;
    if (text === 'sqrt' && tokens[at]?.text === '(') {
      at += 1;
      return { tag: 'msqrt', children: row(')') };
    }
    if (/^\d/.test(text)) return { tag: 'mn', text };
    if (isWord(text)) return WORDS[text] ?? { tag: 'mi', text };
    return { tag: 'mo', text: SIGNS[text] ?? text };
  }

  function scripted(base: MathNode): MathNode {
    const sub = tokens[at]?.text === '_' ? index() : null;
    const isTransposed = tokens[at]?.text === "'";
    if (isTransposed) at += 1;
    const transpose: MathNode = { tag: 'mi', text: '⊤' };
    if (sub && isTransposed) return { tag: 'msubsup', children: [base, sub, transpose] };
    if (sub) return { tag: 'msub', children: [base, sub] };
    return isTransposed ? { tag: 'msup', children: [base, transpose] } : base;
  }

  function index(): MathNode {
    at += 1;
    const { text } = tokens[at++] as Token;
    if (text === '{') return { tag: 'mrow', children: row('}') };
    if (/^\d/.test(text)) return { tag: 'mn', text };
    // Of two letters each is an index of its own.
    const letters = text.length === 2 ? [...text] : [text];
    return { tag: 'mrow', children: letters.map((letter) => ({ tag: 'mi', text: letter })) };
  }
  return { tag: 'mrow', children: row(null) };
}

export interface EquationParts {
  /** Before its sign of equality. */
  readonly left: string;
  /** From there on. */
  readonly right: string;
  /** When it holds, in words: behind three spaces, in brackets. */
  readonly note: string;
}

/** Each equation by itself. */
export function splitEquations(lines: readonly string[]): EquationParts[] {
  return lines.flatMap(splitLine).map((line) => {
    const [equation = '', note = ''] = line.split(/ {3}\((?=.*\)$)/);
    const equals = equation.indexOf(' = ');
    return {
      left: equals < 0 ? '' : equation.slice(0, equals),
      right: equals < 0 ? equation : equation.slice(equals + 1),
      note: note.slice(0, -1),
    };
  });
}

/** `a = f(b, c), d = e` -> `a = f(b, c)` and `d = e`; commas of a list before its equality stay. */
function splitLine(line: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < line.length; at++) {
    if ('([{'.includes(line[at] as string)) depth += 1;
    else if (')]}'.includes(line[at] as string)) depth -= 1;
    else if (depth === 0 && line[at] === ',' && line.slice(start, at).includes(' = ')) {
      parts.push(line.slice(start, at).trim());
      start = at + 1;
    }
  }
  return [...parts, line.slice(start).trim()];
}
