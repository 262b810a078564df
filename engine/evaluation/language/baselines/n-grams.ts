// The tokens before decide: n-grams, interpolated with shorter ones after Witten and Bell (1991), as Chen and Goodman (1999) write it:
// p(w | h) = (count(h w) + different(h) p(w | h')) / (count(h) + different(h)), where h' is h without its first token; below one token
// stands the uniform distribution. Golden: tests/golden/language.
import { deterministicLog } from '../../../numerics/deterministic-math.ts';
import type { LanguageBaseline, LanguageBaselineInput, TokenRange } from './language-baseline.ts';
import { createTokenTree, NONE, type TokenTree } from './token-tree.ts';

const LONGEST = 7;
/** Tokens of one piece of work. */
const PIECE = 50_000;

const NAMES = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven'];

export const nGrams: readonly LanguageBaseline[] = Array.from({ length: LONGEST }, (_, index) =>
  ofOrder(index + 1),
);

function ofOrder(order: number): LanguageBaseline {
  return {
    subject: `${order}-gram`,
    meaning:
      order === 1
        ? 'Each token is as probable as it is frequent in the training part.'
        : `Which tokens followed the ${order === 2 ? 'one' : NAMES[order - 1]} before in the training part, blended with shorter memories (Witten and Bell).`,
    follows: 'fit',
    *learn(input) {
      const tree = yield* treeOf(input);
      return (ranges) => costOf(tree, { order, size: input.size }, ranges);
    },
  };
}

const trees = new WeakMap<LanguageBaselineInput, TokenTree>();

/** One tree has the counts of all orders. */
function* treeOf(input: LanguageBaselineInput): Generator<void, TokenTree, void> {
  const known = trees.get(input);
  if (known) return known;
  const tree = createTokenTree();
  let done = 0;
  for (const { tokens, from, to } of input.train) {
    const context = contextBefore(tree.root, { tokens, from }, tree.enter);
    for (let at = from; at < to; at++) {
      move(context, tokens[at]!, tree.add);
      if (++done % PIECE === 0) yield;
    }
  }
  trees.set(input, tree);
  return tree;
}

type Step = (node: number, token: number) => number;

/** [length] the node of the last `length` tokens; NONE where there are fewer, or where the training part never had them. */
function contextBefore(
  root: number,
  { tokens, from }: Pick<TokenRange, 'tokens' | 'from'>,
  step: Step,
): Int32Array {
  const context = new Int32Array(LONGEST + 1).fill(NONE);
  context[0] = root;
  for (let at = Math.max(0, from - LONGEST); at < from; at++) move(context, tokens[at]!, step);
  return context;
}

/** From the longest to the shortest, since each takes the place of the next longer one. */
function move(context: Int32Array, token: number, step: Step): void {
  for (let length = LONGEST; length >= 1; length--) {
    const before = context[length - 1]!;
    context[length] = before === NONE ? NONE : step(before, token);
  }
}

function* costOf(
  tree: TokenTree,
  { order, size }: { readonly order: number; readonly size: number },
  ranges: readonly TokenRange[],
): Generator<void, number, void> {
  let sum = 0;
  let done = 0;
  for (const { tokens, from, to } of ranges) {
    const context = contextBefore(tree.root, { tokens, from }, tree.child);
    for (let at = from; at < to; at++) {
      const token = tokens[at]!;
      let p = 1 / size;
      for (let length = 0; length < order; length++) {
        const node = context[length]!;
        if (node === NONE) break;
        const all = tree.following(node);
        if (all === 0) break;
        const different = tree.different(node);
        const child = tree.child(node, token);
        p = ((child === NONE ? 0 : tree.count(child)) + different * p) / (all + different);
      }
      sum -= deterministicLog(p);
      move(context, token, tree.child);
      if (++done % PIECE === 0) yield;
    }
  }
  return sum;
}
