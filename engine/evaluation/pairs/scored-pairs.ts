// What was written for the sources of a part, beside the texts that are right.

export interface ScoredPairs {
  readonly pairs: readonly ScoredPair[];
  /** Of the model alone: tokens of all references, each said after the true ones before it, and those that were the most probable. */
  readonly forced?: { readonly tokens: number; readonly right: number } | undefined;
}

export interface ScoredPair {
  readonly written: Said;
  /** At least one; any of them is right. */
  readonly references: readonly Said[];
}

export interface Said {
  readonly text: string;
  readonly tokens: readonly string[];
}
