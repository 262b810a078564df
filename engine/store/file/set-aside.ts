// Renames a file that is in the way; never deletes it.
import { existsSync, renameSync } from 'node:fs';

/** `base`, or with a number after it where that is taken. */
export function freeName(base: string): string {
  let name = base;
  for (let count = 2; existsSync(name); count++) name = `${base}-${count}`;
  return name;
}

export interface SetAside {
  /** The names that the files have now. */
  readonly names: readonly string[];
  /** Gives the files their names back. */
  undo(): void;
}

/** Renames what SQLite keeps beside the file at `path`. */
export function setLogAside(path: string, endings: readonly string[] = ['-wal', '-shm']): SetAside {
  const moved = endings.flatMap((ending) => {
    const from = path + ending;
    if (!existsSync(from)) return [];
    const to = freeName(`${from}.aside`);
    renameSync(from, to);
    return [{ from, to }];
  });
  return {
    names: moved.map(({ to }) => to),
    undo() {
      for (const { from, to } of moved) renameSync(to, from);
    },
  };
}
