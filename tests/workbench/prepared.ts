// Workspaces that a test begins with: made by the product when the first test of a worker asks for one, and copied for each.
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectEngine } from '../../engine/connect/connection.ts';
import { importSample, trainSmall } from '../browser/pages/seed.ts';
import { attach } from './attach.ts';
import { startServer } from './open-in-browser.ts';

/** What lies in it, as the arguments of the functions of `seed.ts`. Datasets and runs get their numbers in this order. */
export interface Beginning {
  readonly samples: readonly (readonly [file: string, name: string])[];
  readonly runs?: readonly (readonly [name: string, seed?: number, changes?: object])[];
}

export class PreparedWorkspaces {
  private readonly made = new Map<string, Promise<string>>();
  private folder: Promise<string> | undefined;

  /** Puts a copy at `path`. */
  async copy(beginning: Beginning, path: string): Promise<void> {
    const key = JSON.stringify(beginning);
    const making = this.made.get(key) ?? this.make(beginning);
    this.made.set(key, making);
    await copyFile(await making, path);
  }

  async remove(): Promise<void> {
    if (this.folder) await rm(await this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private async make({ samples, runs = [] }: Beginning): Promise<string> {
    this.folder ??= mkdtemp(join(tmpdir(), 'hindcast-prepared-'));
    const path = join(await this.folder, `${this.made.size}.hindcast`);
    const server = await startServer(path);
    const engine = connectEngine(() => attach(path));
    try {
      for (const sample of samples) await importSample(engine.client, ...sample);
      for (const run of runs) await trainSmall(engine.client, ...run);
    } finally {
      await engine.close();
      await server.close();
    }
    return path;
  }
}
