// Settings that the application keeps between starts: the window's bounds, the open workspace, and recent workspaces.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const RECENT_LIMIT = 10;

const SettingsSchema = z.object({
  /** Pixels on the desktop; null before the first window. */
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() }).nullable().default(null),
  maximized: z.boolean().default(false),
  /** The last ones, the latest first. */
  workspaces: z.array(z.string()).default([]),
});
export type ShellSettings = z.infer<typeof SettingsSchema>;

export interface SettingsFile {
  read(): ShellSettings;
  change(next: Partial<ShellSettings>): void;
  /** Puts `path` first among the workspaces. */
  remember(path: string): void;
}

/** A file that cannot be read counts as empty: nothing in it is worth more than a start without questions. */
export function settingsFile(path: string): SettingsFile {
  let settings = load(path);
  const change = (next: Partial<ShellSettings>): void => {
    settings = { ...settings, ...next };
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.half`, JSON.stringify(settings, null, 2));
    renameSync(`${path}.half`, path);
  };
  return {
    read: () => settings,
    change,
    remember(workspace) {
      const others = settings.workspaces.filter((other) => other !== workspace);
      change({ workspaces: [workspace, ...others].slice(0, RECENT_LIMIT) });
    },
  };
}

function load(path: string): ShellSettings {
  try {
    return SettingsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return SettingsSchema.parse({});
  }
}
