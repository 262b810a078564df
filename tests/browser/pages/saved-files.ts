// The files that the window saved: the browser's download (an archive is unpacked), or what Electron wrote to the path of its
// dialog.
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readZip } from '../../../renderer/shell/zip.ts';
import type { Workbench } from '../../workbench/fixture.ts';

export interface SavedFiles {
  /** Of the file, the archive or the folder. */
  readonly path: string;
  readonly files: ReadonlyMap<string, Buffer>;
}

export async function savedBy(workbench: Workbench, press: () => Promise<void>): Promise<SavedFiles> {
  const { app, page } = workbench;
  const folder = mkdtempSync(join(dirname(workbench.workspacePath), 'saved-'));
  if (!app) {
    const download = page.waitForEvent('download');
    await press();
    const path = join(folder, (await download).suggestedFilename());
    await (await download).saveAs(path);
    return { path, files: await unpacked(path) };
  }
  await app.evaluate(({ dialog }, folder) => {
    const asked = globalThis as unknown as { savedAt: string };
    asked.savedAt = '';
    dialog.showSaveDialog = (async (_window: unknown, { defaultPath }: { defaultPath: string }) => {
      asked.savedAt = `${folder}/${defaultPath.split('/').at(-1)}`;
      return { canceled: false, filePath: asked.savedAt };
    }) as typeof dialog.showSaveDialog;
  }, folder);
  await press();
  await page.getByText('Saved:').first().waitFor();
  const path = await app.evaluate(() => (globalThis as unknown as { savedAt: string }).savedAt);
  const names = statSync(path).isDirectory() ? readdirSync(path) : [];
  const files = names.length > 0 ? names.map((name) => join(path, name)) : [path];
  return { path, files: new Map(files.map((file) => [basename(file), readFileSync(file)])) };
}

async function unpacked(path: string): Promise<ReadonlyMap<string, Buffer>> {
  const bytes = readFileSync(path);
  if (!path.endsWith('.zip')) return new Map([[basename(path), bytes]]);
  const entries = await readZip(new Blob([bytes]), basename(path));
  const files = entries.map(
    async ({ name, content }) => [basename(name), Buffer.from(await content.arrayBuffer())] as const,
  );
  return new Map(await Promise.all(files));
}
