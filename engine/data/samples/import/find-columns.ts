// The columns of what was read: what they hold, and what each is for.
import { basename } from 'node:path';
import { findPair, withPair } from './find-pair.ts';
import { type Found, findRoles, placeOf, type Roles } from './find-roles.ts';
import { withIndicators } from './indicator-columns.ts';
import { askedLabelSets, type LabelsOf } from './label-sets.ts';
import type { ColumnChoice, RawSamples, ReadRequest } from './raw-samples.ts';
import { describeColumn, type TextColumn } from './text-columns.ts';

type Options = ReadRequest['options'];
type Request = Pick<ReadRequest, 'path' | 'options'>;

export interface FoundColumns {
  /** With one column of labels instead of one for each label. */
  readonly raw: RawSamples;
  readonly columns: readonly TextColumn[];
  readonly roles: Roles;
  /** Where a cell of the label column holds several labels. */
  readonly labelsOf: LabelsOf | null;
  readonly isLabelNeeded: boolean;
  /** The columns of numbers that are the input, in their order; undefined: all that are nothing else. */
  readonly numbers: readonly number[] | undefined;
}

/** Null where no column can be the label or the input. @throws HindcastError `unknown-column` for what was named and is not there */
export function findColumns(raw: RawSamples, { path, options }: Request): FoundColumns | null {
  const given = groupedIn({ ...raw.roles, ...choiceOf(options) }, options);
  const found = { ...described(raw, options), fileName: basename(path), given };
  if (isUnknownInput(raw, options)) placeOf(found, options.inputColumn!, 'inputColumn');
  const indicated = asksForIndicators(found, options) ? withIndicators(raw, found.columns) : null;
  if (indicated) return findColumns(indicated, { path, options });
  // Of pictures and the like, what is to be written stands beside them.
  const isPair = given.targetColumn !== undefined && raw.input === undefined;
  const simple = isPair ? findPair(found) : findRoles(found);
  // Labels in columns of their own are no pair of texts, whatever else the table has.
  if (simple === null && !isPair && given.labelColumn === undefined) {
    const other = withIndicators(raw, found.columns);
    if (other) return findColumns(other, { path, options });
  }
  const roles = isPair ? simple : withPair(simple, found);
  if (roles === null) return null;
  const { label } = roles;
  const labelsOf =
    label === null ? null : labelsOfColumn(found.columns[label]!, options, found.cellsOf(label));
  const numbers = given.numberColumns?.map((name) => placeOf(found, name, 'numberColumns'));
  return { raw, columns: found.columns, roles, labelsOf, isLabelNeeded: found.isLabelNeeded, numbers };
}

/** Inputs that files were read as, by the names that they have then. */
const READ_AS: readonly string[] = ['text', 'audio', 'events', 'image', 'frames', 'sequence'];

/** What was read from files is the input, whatever is named; what there is not is still refused. */
const isUnknownInput = ({ input, names }: RawSamples, { inputColumn }: Options): boolean =>
  input !== undefined &&
  inputColumn !== undefined &&
  ![input.name, ...READ_AS, ...names].includes(inputColumn);

function described(raw: RawSamples, { labels, unlabelled }: Options) {
  const cellsOf = (column: number): string[] => raw.rows.map((row) => row[column] ?? '');
  const columns = raw.names.map((name, index) => {
    const column = describeColumn(name, cellsOf(index));
    return labels === 'one' ? { ...column, labelsOf: null } : column;
  });
  return {
    columns,
    cellsOf,
    hasDecodedInput: raw.input !== undefined,
    isLabelNeeded: !unlabelled && !raw.isUnlabelled,
  };
}

/** Several labels are in a column that the file lacks: so it was read before. */
const asksForIndicators = ({ columns, given }: Found, { labels }: Options): boolean =>
  labels === 'several' && !columns.some(({ name }) => name === given.labelColumn);

const labelsOfColumn = (
  { name, labelsOf }: TextColumn,
  { labels }: Options,
  cells: readonly string[],
): LabelsOf | null => (labels === 'several' ? askedLabelSets(name, cells) : labelsOf);

/** `groupColumn` of null: none, also none that would be found. */
const groupedIn = (given: ColumnChoice, { ungrouped = false, groupColumn }: Options): ColumnChoice =>
  ungrouped && groupColumn === undefined ? { ...given, groupColumn: null } : given;

function choiceOf({
  inputColumn,
  numberColumns,
  labelColumn,
  valueColumn,
  targetColumn,
  groupColumn,
  partColumn,
}: Options): ColumnChoice {
  return {
    ...(inputColumn === undefined ? {} : { inputColumn }),
    ...(numberColumns === undefined ? {} : { numberColumns }),
    ...(labelColumn === undefined ? {} : { labelColumn }),
    ...(valueColumn === undefined ? {} : { valueColumn }),
    ...(targetColumn === undefined ? {} : { targetColumn }),
    ...(groupColumn === undefined ? {} : { groupColumn }),
    ...(partColumn === undefined ? {} : { partColumn }),
  };
}
