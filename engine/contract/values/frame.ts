// Frames: a header and named columns of numbers as one block of bytes, so that series and curves travel without JSON. NaN,
// infinities and every bit of a float64 survive. `defineFrame` describes a kind of frame; both ends encode and decode through
// that description, and refuse a frame that does not match it.
//
// Layout, little-endian: 'HCF2' | uint32 length of the JSON layout | layout, padded with spaces to a multiple of 8 | columns,
// each padded to 8.
import { z } from 'zod';
import { HindcastError } from './errors.ts';
import { answerOfBytes, bytesOfAnswer, type FrameAnswer } from './frame-answer.ts';

const MAGIC = 0x32464348; // 'HCF2'
const ARRAYS = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  i64: BigInt64Array,
  u8: Uint8Array,
} as const;
type TypeName = keyof typeof ARRAYS;
interface ArrayTypes {
  readonly f64: Float64Array;
  readonly f32: Float32Array;
  readonly i32: Int32Array;
  readonly i64: BigInt64Array;
  readonly u8: Uint8Array;
}
type ArrayOf<Type extends TypeName> = ArrayTypes[Type];

/** Type and shape of a column: one dimension for each list of the header in `per`, then the rows, which all columns share. */
interface Column<Type extends TypeName = TypeName, Per extends readonly string[] = readonly string[]> {
  readonly type: Type;
  readonly per: Per;
}

/**
 * A column of a frame. `column('f64')` is an array [rows]; `column('f64', 'targets')` is an array [rows] for each entry of
 * `header.targets`; `column('f64', 'targets', 'baselines')` one for each baseline of each target.
 */
export const column = <const Type extends TypeName, const Per extends readonly string[]>(
  type: Type,
  ...per: Per
): Column<Type, Per> => ({ type, per });

type Nested<Values, Per extends readonly string[]> = Per extends readonly [
  string,
  ...infer Rest extends string[],
]
  ? readonly Nested<Values, Rest>[]
  : Values;

type Columns = Readonly<Record<string, Column>>;
type ValuesOf<C extends Columns> = {
  readonly [Name in keyof C]: C[Name] extends Column<infer Type, infer Per>
    ? Nested<ArrayOf<Type>, Per>
    : never;
};

export interface Frame<Header, C extends Columns> {
  readonly header: Header;
  readonly columns: ValuesOf<C>;
}

export interface FrameKind<Header, C extends Columns> {
  /** The method of the API that answers with it. */
  readonly name: string;
  /** @throws HindcastError `internal` where header or columns do not fit the description. */
  encode(frame: Frame<Header, C>): Uint8Array<ArrayBuffer>;
  /** Columns are views of `bytes` where its alignment allows. @throws HindcastError `internal` where the bytes are no such frame. */
  decode(bytes: Uint8Array): Frame<Header, C>;
  /** A frame as the API carries it. */
  toAnswer(frame: Frame<Header, C>): FrameAnswer;
  fromAnswer(answer: FrameAnswer): Promise<Frame<Header, C>>;
}

/** The frame that a kind describes: `type CurvesFrame = FrameOf<typeof CurvesFrame>`. */
export type FrameOf<Kind> = Kind extends FrameKind<infer Header, infer C> ? Frame<Header, C> : never;

/** Names of the header's fields that hold a list: only these can be a dimension. */
type ListsOf<Header> = {
  [Name in keyof Header & string]: Header[Name] extends readonly unknown[] ? Name : never;
}[keyof Header & string];

export function defineFrame<
  Header extends z.ZodType<object>,
  const C extends Readonly<Record<string, Column<TypeName, readonly ListsOf<z.infer<Header>>[]>>>,
>(
  name: string,
  description: { readonly header: Header; readonly columns: C },
): FrameKind<z.infer<Header>, C> {
  const { header: schema, columns } = description;
  const encode = (frame: Frame<z.infer<Header>, C>): Uint8Array<ArrayBuffer> => {
    const header = checkedHeader(schema, frame.header, (field) => misfit(name, `header field "${field}"`));
    const blocks = Object.entries<Column>(columns).map(([key, { type, per }]) => {
      const leaves = leavesOf(frame.columns[key], lengthsOf(header, per));
      if (!leaves?.every((leaf) => leaf instanceof ARRAYS[type])) throw misfit(name, `column "${key}"`);
      return { key, type, leaves };
    });
    const rows = blocks.flatMap(({ leaves }) => leaves)[0]?.length ?? 0;
    const uneven = blocks.find(({ leaves }) => leaves.some(({ length }) => length !== rows));
    if (uneven) throw misfit(name, `the number of rows of column "${uneven.key}"`);
    return written({ frame: name, header, rows }, blocks);
  };
  const decode = (bytes: Uint8Array): Frame<z.infer<Header>, C> => {
    const { layout, view, start } = readLayout(name, bytes);
    const header = checkedHeader(schema, layout.header, (field) =>
      notAFrame(name, `lacks a valid header field "${field}"`),
    );
    const values: Record<string, unknown> = {};
    let at = start;
    for (const [key, { type, per }] of Object.entries<Column>(columns)) {
      const lengths = lengthsOf(header, per);
      const length = lengths.reduce((product, one) => product * one, layout.rows);
      const size = length * ARRAYS[type].BYTES_PER_ELEMENT;
      if (at + size > view.byteLength) throw notAFrame(name, 'ends before its columns do');
      const block = new ARRAYS[type](view.buffer, view.byteOffset + at, length);
      values[key] = nested(block, lengths, layout.rows);
      at += padded(size);
    }
    if (at !== view.byteLength) throw notAFrame(name, 'is longer than its columns');
    // The description built `values` column by column.
    return { header, columns: values as ValuesOf<C> };
  };
  return {
    name,
    encode,
    decode,
    toAnswer: (frame) => answerOfBytes(encode(frame)),
    fromAnswer: async (answer) => decode(await bytesOfAnswer(answer)),
  };
}

const padded = (bytes: number): number => Math.ceil(bytes / 8) * 8;

function misfit(name: string, what: string): HindcastError {
  return new HindcastError('internal', `${what} does not fit the description of the frame ${name}`);
}

function notAFrame(name: string, why: string): HindcastError {
  return new HindcastError(
    'internal',
    `The block of bytes is not a frame of ${name}: it ${why}; both programs must be of the same version of Hindcast.`,
  );
}

/** The header as its schema reads it; `refuse` makes the error for a field that does not fit. */
function checkedHeader<Schema extends z.ZodType>(
  schema: Schema,
  header: unknown,
  refuse: (field: string) => HindcastError,
): z.infer<Schema> {
  const checked = schema.safeParse(header);
  if (checked.success) return checked.data;
  throw refuse(checked.error.issues[0]?.path.join('.') || 'header');
}

/** Lengths of the header's lists that a column is divided by. */
function lengthsOf(header: object, per: readonly string[]): number[] {
  // `defineFrame` takes only names of lists.
  return per.map((list) => (header as Readonly<Record<string, readonly unknown[]>>)[list]!.length);
}

/** The arrays of a nested column in order; undefined where the nesting is another one. */
function leavesOf(values: unknown, lengths: readonly number[]): ArrayOf<TypeName>[] | undefined {
  const [length, ...rest] = lengths;
  if (length === undefined) return ArrayBuffer.isView(values) ? [values as ArrayOf<TypeName>] : undefined;
  if (values === undefined && length === 0) return [];
  if (!Array.isArray(values) || values.length !== length) return undefined;
  const parts = values.map((one) => leavesOf(one, rest));
  return parts.includes(undefined) ? undefined : parts.flatMap((leaves) => leaves ?? []);
}

function nested(block: ArrayOf<TypeName>, [length, ...rest]: readonly number[], rows: number): unknown {
  if (length === undefined) return block;
  const size = rest.reduce((product, one) => product * one, rows);
  return Array.from({ length }, (_, index) =>
    nested(block.subarray(index * size, (index + 1) * size), rest, rows),
  );
}

const LayoutSchema = z.object({ frame: z.string(), header: z.unknown(), rows: z.int().min(0) });
type Layout = z.infer<typeof LayoutSchema>;

interface Block {
  readonly leaves: readonly ArrayOf<TypeName>[];
}

function written(layout: Layout, blocks: readonly Block[]): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(JSON.stringify(layout, toJson));
  const start = 8 + padded(json.length);
  const sizes = blocks.map(({ leaves }) => leaves.reduce((sum, { byteLength }) => sum + byteLength, 0));
  const bytes = new Uint8Array(sizes.reduce((sum, size) => sum + padded(size), start));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, start - 8, true);
  bytes.set(json, 8);
  bytes.fill(0x20, 8 + json.length, start);
  let end = start;
  for (const [index, { leaves }] of blocks.entries()) {
    let at = end;
    for (const { buffer, byteOffset, byteLength } of leaves) {
      bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
      at += byteLength;
    }
    end += padded(sizes[index]!);
  }
  return bytes;
}

/** The layout, an aligned view of all bytes, and where the columns start in it. */
function readLayout(
  name: string,
  bytes: Uint8Array,
): { layout: Layout; view: DataView<ArrayBuffer>; start: number } {
  const { buffer, byteOffset, byteLength } = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const view = new DataView(buffer as ArrayBuffer, byteOffset, byteLength);
  if (byteLength < 8 || view.getUint32(0, true) !== MAGIC) throw notAFrame(name, 'does not begin as one');
  const start = 8 + view.getUint32(4, true);
  if (start > byteLength || start % 8 !== 0) throw notAFrame(name, 'ends before its header does');
  const layout = LayoutSchema.safeParse(jsonOf(new Uint8Array(view.buffer, byteOffset + 8, start - 8)));
  if (!layout.success) throw notAFrame(name, 'has a damaged header');
  if (layout.data.frame !== name) throw notAFrame(name, `is one of ${layout.data.frame}`);
  return { layout: layout.data, view, start };
}

/** JSON has no NaN and no infinities: in a header they are objects with one field of that name. */
const FLOAT = '$float';

const toJson = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? { [FLOAT]: String(value) } : value;

const fromJson = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && FLOAT in value ? Number(value[FLOAT]) : value;

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes), fromJson);
  } catch {
    return undefined; // fits no schema
  }
}
