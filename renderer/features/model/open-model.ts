// Opening the folder of an exported model: the place is in the address, so that the screen is there again after a reload.
import { hrefOf, navigate } from '../../app/router.ts';
import type { EngineFile, Shell } from '../../shell/shell.ts';
import { attempt } from '../../ui/messages.tsx';

/** What `hindcast export --format tfjs` writes. */
const FILES = ['card.json', 'model.json', 'weights.bin'];

let opened: EngineFile | null = null;

export async function openModel(shell: Shell): Promise<void> {
  const folder = await attempt(() => shell.pickFolder({ title: 'Open an exported model', files: FILES }));
  if (!folder) return;
  if (opened?.path !== folder.path) opened?.release();
  opened = folder;
  navigate(hrefOf(['model'], { folder: folder.path }));
}
