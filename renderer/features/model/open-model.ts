// Opens the folder of an exported model. Its path is in the address, so the screen survives a reload.
import { hrefOf, navigate } from '../../app/router.ts';
import type { Shell } from '../../shell/shell.ts';
import { attempt } from '../../ui/messages.tsx';
import { addressOf, keepModel } from './kept-models.ts';

/** What `hindcast export --format tfjs` writes. */
const FILES = ['card.json', 'model.json', 'weights.bin'];

export async function openModel(shell: Shell): Promise<void> {
  const folder = await attempt(() => shell.pickFolder({ title: 'Open an exported model', files: FILES }));
  if (!folder) return;
  keepModel(folder);
  navigate(hrefOf(['model'], addressOf(folder.path)));
}
