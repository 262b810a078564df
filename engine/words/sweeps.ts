// The fields of a sweep in short words.

/** The last word of each path, or all of it where two end alike. */
export function shortPaths(paths: readonly string[]): ReadonlyMap<string, string> {
  const lastOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);
  return new Map(
    paths.map((path) => {
      const isAlone = paths.filter((other) => lastOf(other) === lastOf(path)).length === 1;
      return [path, isAlone ? lastOf(path) : path];
    }),
  );
}
