// The workspace file that a window or a command opens: `--workspace`, else HINDCAST_WORKSPACE, else one in the user-data folder.
import { resolve } from 'node:path';
import envPaths from 'env-paths';

export interface ChosenWorkspace {
  readonly path: string;
  /** By option or environment, not the default. */
  readonly named: boolean;
}

export function chooseWorkspace(
  option: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): ChosenWorkspace {
  const named = option || environment.HINDCAST_WORKSPACE;
  if (named) return { path: resolve(named), named: true };
  return { path: resolve(envPaths('hindcast', { suffix: '' }).data, 'default.hindcast'), named: false };
}
