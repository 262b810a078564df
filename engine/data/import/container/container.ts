// Files that hold a table in another form than text: an archive, a workbook, JSON, Parquet. Each kind writes the table as text into the temporary
// folder.
import type { ImportOptions } from '../../../contract/datasets/dataset.ts';

export interface Unpacked {
  readonly path: string;
  readonly notes: readonly string[];
  /** What the table is called, where the container names it. */
  readonly name?: string | undefined;
  /** It may be a container again, as a table in JSON inside of an archive. */
  readonly isFinal: boolean;
  /** What the document says beside its table, a line each: its zone. */
  readonly above?: readonly string[] | undefined;
  /** Lines of the source by line of the text, and what is wrong with some lines of the text. */
  readonly lines?: Uint32Array | undefined;
  readonly problems?: ReadonlyMap<number, string> | undefined;
}

export interface UnpackRequest {
  readonly path: string;
  /** Of the source, for messages. */
  readonly fileName: string;
  /** Where the text goes: a free name. */
  readonly target: string;
  readonly folder: string;
  readonly options: ImportOptions;
  readonly signal?: AbortSignal | undefined;
}

export interface Container {
  readonly id: string;
  /** By the first bytes, and the name where these tell too little. */
  matches(head: Buffer, fileName: string): boolean;
  unpack(request: UnpackRequest): Promise<Unpacked>;
}
