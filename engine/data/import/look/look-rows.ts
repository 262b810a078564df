import type { PlacedPart } from '../rows/placed.ts';

/** The rows of an import, which all its columns have. */
export interface LookRows {
  readonly parts: readonly PlacedPart[];
  /** Of the parts. */
  readonly spans: readonly { readonly name: string; readonly stepUs: number }[];
  /** [rows] microseconds UTC. */
  readonly times: BigInt64Array;
}
