// Splits samples into training, validation and test. Equal inputs always lie in one part, and so do the samples of a group where the split
// is by group. The order of the units comes from a hash of seed and content, so that it depends on no order of rows, and another sample
// moves no other one.
import { createHash } from 'node:crypto';
import type { Split } from '../../contract/experiment/split.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { Part } from '../prepared.ts';
import type { SampleTable } from './sample-table.ts';
import { keysOf, unitsOf } from './sample-units.ts';

export type SampleSplit = Extract<Split, { kind: 'samples' }>;
export type SampleParts = Readonly<Record<Part, readonly number[]>>;

interface Splitting {
  readonly split: SampleSplit;
  readonly table: Pick<SampleTable, 'rows' | 'groups' | 'parts' | 'hashes'>;
  /** Rows that say the same though they are not equal: the two strands of DNA. */
  readonly alike?: readonly (readonly [number, number])[] | undefined;
  /** [rows] */
  readonly labels: readonly string[];
  note(text: string): void;
}

/** Rows by part, in their order. @throws HindcastError `invalid-input` where the data have no groups or parts to split by. */
export function splitSamples(given: Splitting): SampleParts {
  const { split, table } = given;
  const rows = Array.from({ length: table.rows }, (_, row) => row);
  if (split.by === 'given') return byGivenParts(given, rows);
  if (split.by === 'group') return inOrder(byGroups(given, rows));
  if (split.folds !== undefined) return inOrder(byFold(given, rows, split.folds));
  return inOrder(stratified(given, rows, split));
}

/** Groups that share an input are one unit, unless too few units would be left: then what would lie in two parts is left out. */
function byGroups(given: Splitting, rows: readonly number[]): Rows {
  const { split, table } = given;
  const fewest = Math.max(3, split.folds ?? 0);
  if (new Set(table.groups).size < fewest) throw noGroups(split.folds);
  const areJoined = unitsOf(given, rows, true).length < fewest;
  const splitting = areJoined
    ? { ...given, table: { ...table, hashes: hashesByGroup(table) }, alike: [] }
    : given;
  const parts = split.folds === undefined ? byGroup(splitting, rows) : byFold(splitting, rows, split.folds);
  return areJoined ? withoutRepeats(parts, given) : parts;
}

const hashesByGroup = ({ hashes, groups }: Splitting['table']): string[] =>
  hashes.map((hash, row) => `${hash} ${groups[row]}`);

/** Of inputs in two parts the test part keeps its own, then validation. */
function withoutRepeats({ train, validation, test }: Rows, { table, alike = [], note }: Splitting): Rows {
  const key = keysOf(table.hashes, alike);
  const [tested, validated] = [test, validation].map((rows) => new Set(rows.map(key)));
  const others = {
    validation: validation.filter((row) => !tested!.has(key(row))),
    train: train.filter((row) => !tested!.has(key(row)) && !validated!.has(key(row))),
  };
  const left = validation.length - others.validation.length + train.length - others.train.length;
  if (left > 0)
    note(
      `${left} ${left === 1 ? 'sample repeats one' : 'samples repeat some'} of other groups that validation or test reads and ${left === 1 ? 'was' : 'were'} left out, so that no group is split.`,
    );
  return { ...others, test };
}

function byGroup(given: Splitting, rows: readonly number[]): Rows {
  const { split } = given;
  const units = unitsOf(given, rows, true);
  if (split.validationBy !== 'chance') return byUnits(given, units, split);
  const { train, test } = byUnits(given, units, { train: split.train + split.validation, validation: 0 });
  const others = stratified(given, train, withoutTest(split));
  return { train: [...others.train, ...others.test], validation: others.validation, test };
}

/** Shares of what is not tested. */
function withoutTest({ train, validation }: Shares): Shares {
  const share = validation / (train + validation);
  return { train: 1 - share, validation: share };
}

/** The test part is one of the folds; of the rest, validation gets its share of what is not tested. */
function byFold(given: Splitting, rows: readonly number[], folds: number): Rows {
  const { split, labels } = given;
  const isByGroup = split.by === 'group';
  const units = unitsOf(given, rows, isByGroup);
  const dealt = isByGroup
    ? [units]
    : [...Map.groupBy(units, ([first]) => labels[first!]!)]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([, ofClass]) => ofClass);
  const sizes = new Float64Array(folds);
  const test: number[] = [];
  for (const some of dealt) {
    for (const unit of shuffled(given, some)) {
      const smallest = sizes.indexOf(sizes.reduce((least, size) => Math.min(least, size)));
      sizes[smallest]! += unit.length;
      if (smallest + 1 === (split.fold ?? 1)) test.push(...unit);
    }
  }
  const tested = new Set(test);
  const rest = rows.filter((row) => !tested.has(row));
  const shares = withoutTest(split);
  const others =
    isByGroup && split.validationBy !== 'chance'
      ? byUnits(given, unitsOf(given, rest, true), shares)
      : stratified(given, rest, shares);
  return { train: [...others.train, ...others.test], validation: others.validation, test };
}

interface Shares {
  readonly train: number;
  readonly validation: number;
}

type Rows = Record<Part, number[]>;

const inOrder = ({ train, validation, test }: Rows): SampleParts => {
  const ascending = (rows: number[]) => rows.toSorted((a, b) => a - b);
  return { train: ascending(train), validation: ascending(validation), test: ascending(test) };
};

/** Shuffled by seed and content. */
function shuffled({ split, table }: Splitting, units: readonly number[][]): number[][] {
  const keyOf = (unit: readonly number[]): string => {
    const [first] = unit.map((row) => table.hashes[row]!).toSorted();
    return createHash('sha256').update(`hindcast split 1\n${split.seed}\n${first}`).digest('hex');
  };
  const keyed = units.map((unit) => ({ unit, key: keyOf(unit) }));
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ unit }) => unit);
}

/** Of a share that is left over by rounding. */
const NONE = 1e-6;

/** Fills test and validation up to their shares, each with one unit at least; the rest trains. */
function byUnits(given: Splitting, units: readonly number[][], { train, validation }: Shares): Rows {
  const parts: Rows = { train: [], validation: [], test: [] };
  const total = units.reduce((sum, { length }) => sum + length, 0);
  const wanted = { test: (1 - train - validation) * total, validation: validation * total };
  const order = shuffled(given, units);
  for (const [index, unit] of order.entries()) {
    const part = (['test', 'validation'] as const).find((one) => {
      const { length } = parts[one];
      if (wanted[one] <= NONE) return false;
      // The last unit is left to the training.
      return index < order.length - 1 && (length === 0 || length + unit.length / 2 <= wanted[one]);
    });
    parts[part ?? 'train'].push(...unit);
  }
  return parts;
}

/** Each class by itself, a unit by the class of its first row. */
function stratified(given: Splitting, rows: readonly number[], shares: Shares): Rows {
  const units = unitsOf(given, rows, false);
  const parts: Rows = { train: [], validation: [], test: [] };
  for (const ofClass of Map.groupBy(units, ([first]) => given.labels[first!]!).values()) {
    // A class of one or two samples can only be learned.
    const found =
      ofClass.length < 3
        ? { ...parts, train: ofClass.flat(), validation: [], test: [] }
        : byUnits(given, ofClass, shares);
    // A call takes no hundred thousand arguments.
    for (const part of ['train', 'validation', 'test'] as const)
      for (const row of found[part]) parts[part].push(row);
  }
  return parts;
}

/** The parts that the data name; what they lack is taken from the training part. */
function byGivenParts(given: Splitting, rows: readonly number[]): SampleParts {
  const { table, split, note } = given;
  const of = (part: Part) => rows.filter((row) => (table.parts[row] || 'train') === part);
  const [named, validation, test] = [of('train'), of('validation'), of('test')];
  if (validation.length === 0 && test.length === 0) throw noParts();
  const scored = new Set([...validation, ...test].map((row) => table.hashes[row]));
  const train = named.filter((row) => !scored.has(table.hashes[row]));
  const left = named.length - train.length;
  if (left > 0)
    note(
      `${left} ${left === 1 ? 'sample' : 'samples'} of the given training part repeat one of validation or test and were left out.`,
    );
  const shares = {
    train: 1,
    validation: validation.length > 0 ? 0 : split.validation,
    test: test.length > 0 ? 0 : 1 - split.train - split.validation,
  };
  const rest =
    shares.validation + shares.test === 0
      ? { train, validation: [], test: [] }
      : restOf(given, train, { ...shares, scored: [...validation, ...test] });
  return inOrder({
    train: [...rest.train],
    validation: [...validation, ...rest.validation],
    test: [...test, ...rest.test],
  });
}

interface Rest {
  readonly validation: number;
  readonly test: number;
  /** Rows of the given validation and test parts. */
  readonly scored: readonly number[];
}

/** By group, unless the given parts share their groups: then a new group is not what is asked of the model. */
function restOf(given: Splitting, rows: readonly number[], { validation, test, scored }: Rest): Rows {
  const shares = { train: 1 - validation - test, validation };
  const groups = new Set(rows.map((row) => given.table.groups[row]));
  const areShared = scored.some((row) => given.table.groups[row] && groups.has(given.table.groups[row]));
  return groups.size >= 3 && !areShared
    ? byUnits(given, unitsOf(given, rows, true), shares)
    : stratified(given, rows, shares);
}

function noGroups(folds: number | undefined): HindcastError {
  const message =
    folds === undefined
      ? 'A split by group needs three groups or more, and these samples have fewer; set split.by to "stratified".'
      : `These samples have fewer groups than the ${folds} folds of split.folds; name fewer folds, or set split.by to "stratified".`;
  return new HindcastError('invalid-input', message, { details: { field: 'split.by' } });
}

function noParts(): HindcastError {
  const message = 'These samples name no validation or test part; set split.by to "stratified".';
  return new HindcastError('invalid-input', message, { details: { field: 'split.by' } });
}
