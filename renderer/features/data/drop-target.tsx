// Dropping a file on the window begins its import, unless the screen in front takes files itself.
import { useEffect, useState } from 'react';
import { dropTarget, hasFolder, onlyOne, requireFile, severalFiles } from '../../app/drop-target.ts';
import { useShell } from '../../app/shell-context.tsx';
import type { TransferOptions } from '../../shell/shell.ts';
import { attempt } from '../../ui/messages.tsx';
import classes from './data.module.css';
import { openImportOf, openVideos } from './import-state.ts';
import { videosIn, videosOf } from './videos/dropped-videos.ts';

/**
 * A held file is reported many times a second, and the pointer is not. When the reports end without a drop or a leave, those were sent to an
 * element that had gone in the meantime (of a dialog that closes), and never came here.
 */
const HELD_MS = 10_000;

export function DropTarget() {
  const shell = useShell();
  const [over, setOver] = useState<string | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    function end(): void {
      clearTimeout(timer);
      setOver(null);
    }
    function hold(event: DragEvent): void {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setOver(dropTarget()?.text ?? 'Drop the file to import it');
      clearTimeout(timer);
      timer = setTimeout(end, HELD_MS);
    }
    function leave(event: DragEvent): void {
      if (event.relatedTarget === null) end();
    }
    function press({ key }: KeyboardEvent): void {
      if (key === 'Escape') end();
    }
    function drop(event: DragEvent): void {
      end();
      const dropped = event.dataTransfer;
      if (!dropped?.types.includes('Files')) return;
      event.preventDefault();
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
    const listening = new AbortController();
    const { signal } = listening;
    window.addEventListener('dragover', hold, { signal });
    window.addEventListener('dragleave', leave, { signal });
    window.addEventListener('dragend', end, { signal });
    window.addEventListener('drop', drop, { signal });
    window.addEventListener('pointermove', end, { signal, capture: true });
    // Before a dialog that takes the key for itself.
    window.addEventListener('keydown', press, { signal, capture: true });
    return () => {
      listening.abort();
      clearTimeout(timer);
    };
  }, [shell]);
  return over === null ? null : <div className={classes.dropOver}>{over}</div>;
}
