// The check of a workspace file in a worker process, slice by slice.

export interface Finding {
  /** What is damaged, where it is, and what helps. */
  readonly message: string;
  /** What a repair would do about it; null where only a backup helps. */
  readonly repair: Repair | null;
}

export interface Repairs {
  'rebuild-indexes': { readonly kind: 'rebuild-indexes' };
  'fetch-chunk': { readonly kind: 'fetch-chunk'; readonly chunk: number };
  'blank-rows': {
    readonly kind: 'blank-rows';
    readonly run: number;
    readonly scope: 'step' | 'epoch';
    readonly at: readonly number[];
  };
  'drop-snapshots': {
    readonly kind: 'drop-snapshots';
    readonly run: number;
    /** Epochs. */
    readonly at: readonly number[];
  };
  'mend-rows': {
    readonly kind: 'mend-rows';
    readonly table: string;
    /** Values of the primary key, a row each. */
    readonly keys: readonly (readonly (string | number | bigint | null | Uint8Array)[])[];
    /** The rows in words. */
    readonly rows: string;
  };
  'drop-checkpoint': {
    readonly kind: 'drop-checkpoint';
    readonly checkpoint: number;
    readonly run: number;
    readonly name: string;
  };
}
export type Repair = Repairs[keyof Repairs];

/** Where the check continues: after this row of the stage, of this run where rows belong to runs. */
export interface CheckPosition {
  readonly stage: number;
  /** What the stage reads, in a word. */
  readonly phase: string;
  readonly run: number;
  readonly after: number;
  readonly doneBytes: number;
  readonly totalBytes: number;
}

export interface CheckSlice {
  readonly findings: readonly Finding[];
  /** Null when all is read. */
  readonly next: CheckPosition | null;
}

export interface CheckFileJob {
  readonly workspacePath: string;
  /** Null: from the beginning. */
  readonly from: CheckPosition | null;
}
