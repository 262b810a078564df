// The file `<workspace>-pool.json`: which pool a workspace uses, and as whom.
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { HindcastError } from '../../contract/values/errors.ts';
import type { PoolAddress } from '../link/address.ts';
import { readSecretFile, writeSecretFile } from './secret-file.ts';

export const AddressSchema: z.ZodType<PoolAddress> = z.object({
  host: z.string().min(1),
  port: z.int().min(1).max(65_535),
  database: z.string().min(1),
  user: z.string().min(1),
  tls: z.boolean(),
  ca: z.string().nullable(),
});

const PoolFileSchema = z.object({
  format: z.literal('hindcast-pool'),
  address: AddressSchema,
  password: z.string(),
  /** The workspace in the pool: its jobs and its mail. A copy of the workspace has no such file, so it takes nobody's mail. */
  owner: z.uuid(),
  /** Unread bytes of a run at which its worker waits. */
  quotaBytes: z.int().positive(),
});
export type PoolFile = z.infer<typeof PoolFileSchema>;

export const QUOTA_BYTES = 256 * 2 ** 20;

export const poolFilePath = (workspacePath: string): string => `${workspacePath}-pool.json`;

/** Null where the workspace has no pool. @throws HindcastError for a file that others may read, or that is damaged */
export function readPoolFile(workspacePath: string): PoolFile | null {
  const path = poolFilePath(workspacePath);
  return existsSync(path) ? readSecretFile(path, `The pool's file ${path}`, PoolFileSchema) : null;
}

/** @throws HindcastError `not-found` where the workspace has no pool */
export function requirePoolFile(workspacePath: string): PoolFile {
  const file = readPoolFile(workspacePath);
  if (file) return file;
  throw new HindcastError(
    'not-found',
    'This workspace has no pool: `hindcast pool init postgres://USER@HOST/DATABASE` makes one on a PostgreSQL server.',
  );
}

export function writePoolFile(workspacePath: string, file: Omit<PoolFile, 'format'>): void {
  writeSecretFile(poolFilePath(workspacePath), { format: 'hindcast-pool', ...file });
}
