// The list of weights in model.json, against the file that they are read from.
import { z } from 'zod';
import { WEIGHTS_FILE } from './file-names.ts';

const BYTES_OF_FLOAT32 = 4;

export const ManifestSchema = z.array(
  z.object({
    paths: z.array(z.string()),
    weights: z.array(
      z.object({
        name: z.string(),
        shape: z.array(z.int().nonnegative()),
        dtype: z.string(),
        quantization: z.unknown().optional(),
      }),
    ),
  }),
);

/** A name from a file, for a sentence. */
export const brief = (name: string): string => (name.length > 100 ? `${name.slice(0, 100)}…` : name);

/** The end of a sentence; null where it is what an export writes. */
export function findManifestFault(manifest: z.output<typeof ManifestSchema>, bytes: number): string | null {
  const path = manifest.flatMap(({ paths }) => paths).find((one) => one !== WEIGHTS_FILE);
  if (path !== undefined) return `names "${brief(path)}" for its weights, not ${WEIGHTS_FILE}`;
  const weights = manifest.flatMap((group) => group.weights);
  const other = weights.find(({ dtype, quantization }) => dtype !== 'float32' || quantization !== undefined);
  if (other)
    return `has weights "${brief(other.name)}" that are not plain float32, as every export writes them`;
  const listed = weights.reduce((sum, { shape }) => sum + BYTES_OF_FLOAT32 * sizeOf(shape), 0);
  if (listed === bytes) return null;
  return `lists ${listed.toLocaleString('en-US')} bytes of weights, but its card says ${bytes.toLocaleString('en-US')}`;
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1);
