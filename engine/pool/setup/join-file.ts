// A join file: the login that one machine's worker uses, with the address of the pool.
import { z } from 'zod';
import { HindcastError } from '../../contract/values/errors.ts';
import { addressText } from '../link/address.ts';
import { AddressSchema } from './pool-file.ts';
import { POOL_VERSION } from './schema.ts';
import { readSecretFile } from './secret-file.ts';

const JoinFileSchema = z.object({
  format: z.literal('hindcast-join'),
  /** Of the pool's schema. */
  version: z.int(),
  address: AddressSchema,
  password: z.string().min(1),
  /** Milliseconds UTC; the server refuses the login afterwards. */
  validUntilMs: z.number(),
});
export type JoinFile = z.infer<typeof JoinFileSchema>;

export const joinFile = (file: Omit<JoinFile, 'format' | 'version'>): JoinFile => ({
  format: 'hindcast-join',
  version: POOL_VERSION,
  ...file,
});

/** @throws HindcastError for a file that is missing, readable by others, no join file, of another version, or old */
export function readJoinFile(path: string, nowMs: number): JoinFile {
  const file = readSecretFile(path, `The join file ${path}`, JoinFileSchema);
  const again = '`hindcast pool invite` makes a new one';
  if (file.version !== POOL_VERSION) {
    throw new HindcastError(
      'conflict',
      `The join file ${path} is for a pool of version ${file.version}, and this Hindcast uses version ${POOL_VERSION}: ${again}, with the same Hindcast on both machines.`,
    );
  }
  if (file.validUntilMs < nowMs) {
    const day = new Date(file.validUntilMs).toISOString().slice(0, 10);
    throw new HindcastError(
      'conflict',
      `The join file ${path} (pool ${addressText(file.address)}) has run out on ${day}: ${again}.`,
    );
  }
  return file;
}
