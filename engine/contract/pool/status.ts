// What the host knows of its pool: for the screen Workers and `hindcast workers`.
import { z } from 'zod';
import { base, reads } from '../api/api-base.ts';
import { RunIdSchema } from '../values/ids.ts';

const PoolWorkerSchema = z.object({
  label: z.string(),
  /** The join file that it came with. */
  login: z.string(),
  version: z.string(),
  platform: z.string(),
  kernels: z.string(),
  /** Its kernels are those of this host: it takes this workspace's runs. */
  sameKernels: z.boolean(),
  cores: z.int(),
  threads: z.int(),
  memoryBytes: z.number(),
  /** Seconds since the server last heard of it. */
  silentSeconds: z.number(),
  /** It was heard of within a lease. */
  alive: z.boolean(),
  /** The run of this workspace that it trains. */
  run: RunIdSchema.nullable(),
  /** It trains for another workspace. */
  elsewhere: z.boolean(),
});
export type PoolWorker = z.infer<typeof PoolWorkerSchema>;

export const PoolStatusSchema = z.object({
  /** Where the pool is: host, port and database, never a password; null: this workspace has no pool. */
  address: z.string().nullable(),
  /** Why the server cannot be asked at present; null when all is well. */
  problem: z.string().nullable(),
  kernels: z.string(),
  workers: z.array(PoolWorkerSchema),
  /** Runs of this workspace that wait for a worker. */
  waiting: z.array(RunIdSchema),
  /** Bytes of messages that this host has not read yet. */
  unreadBytes: z.number(),
});
export type PoolStatus = z.infer<typeof PoolStatusSchema>;

export const pool = {
  status: reads.output(PoolStatusSchema),
  /** Stores the mail that is there, and answers once it is stored. This host keeps collecting. */
  collect: base.output(PoolStatusSchema),
};
