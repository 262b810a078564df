// What a training on another machine needs of a dataset version: which columns there are, and the pieces that they consist of.
import { z } from 'zod';
import { ColumnKindSchema } from '../datasets/dataset.ts';
import { SamplesInfoSchema } from '../datasets/samples.ts';

const Sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hexadecimal digits');

/** A stored piece of a column: the hash is over encoding, rows and bytes, as the workspace has it. */
export const PieceSchema = z.object({
  sha256: Sha256Schema,
  encoding: z.string(),
  rows: z.int().nonnegative(),
});
export type Piece = z.infer<typeof PieceSchema>;

const PiecesSchema = z.array(PieceSchema);

const SeriesSchema = z.object({
  name: z.string(),
  times: PiecesSchema,
  columns: z.array(
    z.object({
      name: z.string(),
      kind: ColumnKindSchema,
      categories: z.array(z.string()),
      pieces: PiecesSchema,
    }),
  ),
});

export const ManifestSchema = z.object({
  dataset: z.string(),
  /** Null where the version has samples. */
  series: z.array(SeriesSchema).nullable(),
  /** Null where the version has series. Columns are counted in `info`, then come names, groups, parts and hashes. */
  samples: z
    .object({
      info: SamplesInfoSchema,
      columns: z.array(z.object({ column: z.int().nonnegative(), pieces: PiecesSchema })),
    })
    .nullable(),
});
export type Manifest = z.infer<typeof ManifestSchema>;

/** Every piece that a manifest names, each once. */
export function piecesOf({ series, samples }: Manifest): Piece[] {
  const all = [
    ...(series ?? []).flatMap(({ times, columns }) => [...times, ...columns.flatMap(({ pieces }) => pieces)]),
    ...(samples?.columns ?? []).flatMap(({ pieces }) => pieces),
  ];
  return [...new Map(all.map((piece) => [piece.sha256, piece])).values()];
}
