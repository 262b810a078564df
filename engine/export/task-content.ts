// The parts of an export that depend on a run's task. The task kind provides them (engine/tasks), so exports need not know any
// task.

/** By column of a table. */
export type ColumnMeanings = Readonly<Record<string, readonly [meaning: string, unit: string]>>;

/** Lines by name of the file, the header first. */
export type Tables = Readonly<Record<string, readonly string[]>>;

export interface TaskContent {
  /** The task in one sentence. */
  readonly sentence: string;
  /** Names of the columns that go in, and of what is predicted, as scores name it. */
  readonly inputs: readonly string[];
  readonly targets: readonly string[];
  /** Predictions of the test part. */
  tables(): Tables;
  /** Of the columns of these tables. */
  readonly columns: ColumnMeanings;
  /** A section of the report. */
  section(): { readonly title: string; readonly html: string };
}
