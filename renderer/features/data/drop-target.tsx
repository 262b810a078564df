// Dropping a file on the window begins its import, unless the screen in front takes files itself.
import { useEffect, useState } from 'react';
import { dropTarget, hasFolder, onlyOne, requireFile, severalFiles } from '../../app/drop-target.ts';
import { useShell } from '../../app/shell-context.tsx';
import type { TransferOptions } from '../../shell/shell.ts';
import { attempt } from '../../ui/messages.tsx';
import classes from './data.module.css';
import { openImportOf, openVideos } from './import-state.ts';
import { videosIn, videosOf } from './videos/dropped-videos.ts';

export function DropTarget() {
  const shell = useShell();
  const [over, setOver] = useState<string | null>(null);
  useEffect(() => {
    function drag(event: DragEvent): void {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      const left = event.type === 'dragleave' && event.relatedTarget === null;
      setOver(left ? null : (dropTarget()?.text ?? 'Drop the file to import it'));
    }
    function drop(event: DragEvent): void {
      const dropped = event.dataTransfer;
      if (!dropped?.types.includes('Files')) return;
      event.preventDefault();
      setOver(null);
      attempt(async () => {
        // Read at once: dropped files can only be read during the event.
        const target = dropTarget();
        const videos = target || hasFolder(dropped) ? null : videosOf([...dropped.files]);
        if (videos) {
          openVideos(videos);
          return;
        }
        const several = target ? null : severalFiles(dropped);
        if (several) {
          await openImportOf(
            ...several.map((one) => (options: TransferOptions) => shell.fileFromDrop(one, options)),
          );
          return;
        }
        const given = onlyOne(dropped);
        const { file, folder } = given;
        if (target) target.take(requireFile(given));
        else if (folder) {
          const held = await videosIn(folder);
          if (held) openVideos(held);
          else await openImportOf((options) => shell.folderFromDrop(file, folder, options));
        } else await openImportOf((options) => shell.fileFromDrop(file, options));
      });
    }
    window.addEventListener('dragover', drag);
    window.addEventListener('dragleave', drag);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', drag);
      window.removeEventListener('dragleave', drag);
      window.removeEventListener('drop', drop);
    };
  }, [shell]);
  return over === null ? null : <div className={classes.dropOver}>{over}</div>;
}
