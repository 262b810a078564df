// Facts about the engine: workspace, disk use, backends. Shown by `doctor` and the settings screen.
import { z } from 'zod';
import { BackendNameSchema } from '../experiment/experiment.ts';

export const BackendStatusSchema = z.object({
  name: BackendNameSchema,
  available: z.boolean(),
  version: z.string().nullable(),
  /** CPU with thread count, or the name of the GPU. */
  device: z.string().nullable(),
  /** Why it cannot be used; null where it can. */
  reason: z.string().nullable(),
  /** The exact command that installs it; null where nothing needs installing. */
  install: z.string().nullable(),
});
export type BackendStatus = z.infer<typeof BackendStatusSchema>;

export const DiskUseSchema = z.object({
  fileBytes: z.number(),
  datasetBytes: z.number(),
  metricBytes: z.number(),
  checkpointBytes: z.number(),
  /** Pages of the file that hold nothing now. */
  freeBytes: z.number(),
});
export type DiskUse = z.infer<typeof DiskUseSchema>;

export const WorkspaceInfoSchema = z.object({
  path: z.string(),
  schemaVersion: z.int(),
  createdAtMs: z.number(),
  datasets: z.int(),
  runs: z.int(),
  lastSequence: z.int(),
  diskUse: DiskUseSchema,
});
export type WorkspaceInfo = z.infer<typeof WorkspaceInfoSchema>;

export const BackupSchema = z.object({
  name: z.string(),
  path: z.string(),
  bytes: z.number(),
  atMs: z.number(),
});
export type Backup = z.infer<typeof BackupSchema>;

export const EngineInfoSchema = z.object({
  version: z.string(),
  node: z.string(),
  platform: z.string(),
  cores: z.int(),
  memoryBytes: z.number(),
  hostPid: z.int(),
  sqlite: z.string(),
  workspace: WorkspaceInfoSchema,
  /** The workspace cannot be written: it is shown as it was when it was opened, and changes are refused. */
  readOnly: z.boolean(),
  /** What was found at opening and done about it, in sentences for the user. */
  notices: z.array(z.string()),
});
export type EngineInfo = z.infer<typeof EngineInfoSchema>;
