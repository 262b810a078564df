// A form of times that has a name and that no strptime sign reads (named-forms.ts).

export interface NamedForm {
  readonly label: string;
  /** Does a value have this form? */
  fits(text: string): boolean;
  /** Bare numbers are times only where something else says so. */
  readonly weak: boolean;
  /** What the column's name must say. */
  readonly name?: RegExp;
  /** BIGINT microseconds of the trimmed text `x`. */
  sql(x: string): string;
  /** What to say of it. */
  readonly note?: string;
}
