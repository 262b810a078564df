// What changed between two versions of samples: inputs that are new, inputs that went, and those of which something else is said now. An input
// that several samples have counts as often as it is there.

export interface VersionOfSamples {
  /** [samples] equal inputs have equal ones. */
  readonly hashes: readonly string[];
  /** [samples] what is said of each. */
  readonly said: readonly string[];
}

export interface SampleChanges {
  readonly added: number;
  readonly removed: number;
  readonly relabelled: number;
}

export function sampleDifference(before: VersionOfSamples, after: VersionOfSamples): SampleChanges {
  const [old, now] = [saidByInput(before), saidByInput(after)];
  const changes = { added: 0, removed: 0, relabelled: 0 };
  for (const hash of new Set([...old.keys(), ...now.keys()])) {
    const [was = [], is = []] = [old.get(hash), now.get(hash)];
    changes.added += Math.max(0, is.length - was.length);
    changes.removed += Math.max(0, was.length - is.length);
    changes.relabelled += Math.min(was.length, is.length) - inCommon(was, is);
  }
  return changes;
}

function saidByInput({ hashes, said }: VersionOfSamples): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [row, hash] of hashes.entries()) {
    const own = found.get(hash);
    if (own) own.push(said[row]!);
    else found.set(hash, [said[row]!]);
  }
  return found;
}

/** Entries of both lists, each as often as both have it. */
function inCommon(one: readonly string[], other: readonly string[]): number {
  const left = [...other];
  return one.filter((said) => {
    const index = left.indexOf(said);
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  }).length;
}
