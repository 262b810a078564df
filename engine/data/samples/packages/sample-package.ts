// The interface of sample data that comes from packages of npm's registry. Each is one file beside this one and a line in registry.ts.
import type { SampleData } from '../../../contract/datasets/sample-data.ts';

export interface NpmPackage {
  readonly name: string;
  readonly version: string;
  /** `sha512-...`, as the registry and lockfiles have it. */
  readonly integrity: string;
  /** Of the archive. */
  readonly bytes: number;
}

/** A file of a package by its path in it: `data/names.json`. */
export type PackageFiles = ReadonlyMap<string, Buffer>;

export type WrittenSamples =
  | { readonly file: string; readonly content: string }
  /** A folder of that name. */
  | { readonly file: string; readonly files: PackageFiles };

export interface SamplePackage extends Omit<SampleData, 'packages' | 'bytes'> {
  readonly from: readonly NpmPackage[];
  /** The files that are read; of others nothing is kept. */
  wants(path: string): boolean;
  /** The samples as a file, or a folder of files, to import. @param packages in the order of `from` */
  write(packages: readonly PackageFiles[]): WrittenSamples;
}
