// What a form of data gives the import of samples: a table of texts, and for recordings and sequences the decoded values beside it.
import type { ImportOptions, Recipe, SetAsideRow } from '../../../contract/datasets/dataset.ts';
import type { AskedOfSamples } from '../../../contract/datasets/samples.ts';
import type { Clip, EventField, NumberRows, Picture } from '../sample-table.ts';

export interface RawSamples {
  /** In words: `a table`, `a folder for each class`. */
  readonly form: string;
  readonly names: readonly string[];
  /** [rows][columns] */
  readonly rows: readonly (readonly string[])[];
  /** Line of the file that each row begins at; the number of the file in a folder. */
  readonly lines: readonly number[];
  /** What the form itself knows of its columns. */
  readonly roles: ColumnChoice;
  /** [rows] each: inputs that are no texts. */
  readonly input?: DecodedInput | undefined;
  /** The columns of the file, where the rows are made of several of it. */
  readonly chosenFrom?: readonly string[];
  /** What was found and has to be said so that it is read in the same way again. */
  readonly asked?: AskedOfSamples;
  /** What it is where no column is a label. */
  readonly otherwise?: RawSamples;
  /** Texts to learn to write need no label. */
  readonly isUnlabelled?: boolean;
  readonly setAside: readonly SetAsideRow[];
  readonly notes: readonly string[];
  readonly recipe: Recipe;
}

export type DecodedInput =
  | { readonly name: string; readonly kind: 'audio'; readonly values: readonly Clip[] }
  | { readonly name: string; readonly kind: 'sequence'; readonly values: readonly NumberRows[] }
  | {
      readonly name: string;
      readonly kind: 'events';
      readonly fields: readonly EventField[];
      readonly values: readonly NumberRows[];
    }
  | { readonly name: string; readonly kind: 'image' | 'frames'; readonly values: readonly Picture[] };

/** Columns by what they are for. */
export type ColumnChoice = Pick<
  ImportOptions,
  'inputColumn' | 'numberColumns' | 'labelColumn' | 'valueColumn' | 'targetColumn' | 'partColumn'
> & {
  /** Null: none, also none that would be found. */
  readonly groupColumn?: string | null | undefined;
  readonly nameColumn?: string | undefined;
};

export interface ReadRequest {
  readonly path: string;
  readonly sample: string | null;
  readonly options: ImportOptions;
  readonly signal: AbortSignal | undefined;
  /** Folder for temporary files. */
  readonly folder: string;
  progress(share: number): void;
}

/** A file of a folder or an archive. */
export interface SampleFile {
  /** Relative, with slashes between its folders. */
  readonly path: string;
  read(): Promise<Buffer>;
}

/** A form that samples come in. */
export interface SampleForm {
  /** Whether a file or folder has this form; `head` is the beginning of a file, empty for a folder. */
  recognises(subject: FormSubject): boolean | Promise<boolean>;
  /** Of a form that a folder has by files of a kind at its top: whether this is one. An archive of such files is read as that folder. */
  isOneOf?(name: string): boolean;
  /** Whether it is only read as samples, so that nothing else is tried. */
  readonly isOnlySamples: boolean;
  read(request: ReadRequest): Promise<RawSamples>;
}

export interface FormSubject {
  readonly path: string;
  /** Of the file; of one that was packed its own name, not that of the archive. */
  readonly name: string;
  readonly isFolder: boolean;
  readonly head: Buffer;
}
