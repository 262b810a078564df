/** The numbers of the first chunks of columns, in order: they were sent before the columns were known. */
export interface AheadChunks {
  readonly times: readonly number[];
  /** Of a column of the file. */
  of(column: number): readonly number[];
}
