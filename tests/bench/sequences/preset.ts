// A preset of the benchmark `sequences`: what is learned, from which data, and what it has to reach.
import { writeFileSync } from 'node:fs';

export interface Preset {
  readonly name: string;
  /** What --data names. */
  readonly data: string;
  readonly metrics: readonly string[];
  readonly target: string;
  /** Beside name, dataset and, of classes, `task.kind`; everything else is the default. */
  readonly experiment: object;
  readonly importOptions?: readonly string[];
  /** Changes of the experiment, each trained with every seed; a seed's score is their mean. Default: one without changes. */
  readonly variants?: readonly (readonly string[])[];
  /** @returns the file or folder to import. Absent: the experiment names sample data. */
  prepare?(data: string, folder: string): string | Promise<string>;
}

/** @returns the path */
export function written(path: string, lines: readonly string[]): string {
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}
