// Runs of tokens with their counts: a tree in flat arrays, whose edges are found by a hash table with open addressing.

export const NONE = -1;

export interface TokenTree {
  readonly root: number;
  /** Counts the token after the run of that node once more. Returns the node of the longer run. */
  add(node: number, token: number): number;
  /** The same node without counting: what comes before the first token that is counted. */
  enter(node: number, token: number): number;
  /** NONE where it never followed. */
  child(node: number, token: number): number;
  /** How often the run of the node occurs. */
  count(node: number): number;
  /** How many tokens followed it, and how many different ones. */
  following(node: number): number;
  different(node: number): number;
}

const FIRST_SIZE = 2 ** 12;

export function createTokenTree(): TokenTree {
  let parents = new Int32Array(FIRST_SIZE);
  let tokens = new Int32Array(FIRST_SIZE);
  let counts = new Int32Array(FIRST_SIZE);
  let followings = new Int32Array(FIRST_SIZE);
  let differents = new Int32Array(FIRST_SIZE);
  /** Nodes by hash; at most half full. */
  let table = new Int32Array(2 * FIRST_SIZE).fill(NONE);
  let size = 1;

  function slotOf(node: number, token: number): number {
    const mask = table.length - 1;
    let slot = (Math.imul(node, 0x9e3779b1) ^ Math.imul(token + 1, 0x85ebca6b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & mask;
    for (let found = table[slot]!; found !== NONE; found = table[slot]!) {
      if (parents[found] === node && tokens[found] === token) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  function grow(): void {
    const longer = (values: Int32Array): Int32Array<ArrayBuffer> => {
      const next = new Int32Array(2 * values.length);
      next.set(values);
      return next;
    };
    parents = longer(parents);
    tokens = longer(tokens);
    counts = longer(counts);
    followings = longer(followings);
    differents = longer(differents);
    table = new Int32Array(2 * table.length).fill(NONE);
    for (let node = 1; node < size; node++) table[slotOf(parents[node]!, tokens[node]!)] = node;
  }

  function enter(node: number, token: number): number {
    const slot = slotOf(node, token);
    const known = table[slot]!;
    if (known !== NONE) return known;
    if (size === parents.length) grow();
    const made = size++;
    parents[made] = node;
    tokens[made] = token;
    table[slotOf(node, token)] = made;
    return made;
  }

  return {
    root: 0,
    enter,
    add(node, token) {
      const found = enter(node, token);
      if (counts[found] === 0) differents[node]! += 1;
      counts[found]! += 1;
      followings[node]! += 1;
      return found;
    },
    child: (node, token) => table[slotOf(node, token)]!,
    count: (node) => counts[node]!,
    following: (node) => followings[node]!,
    different: (node) => differents[node]!,
  };
}
