// Dropping a file on the window begins its import, unless the screen in front takes files itself.
import { useEffect, useState } from 'react';
import { dropPlace } from '../../app/drop-place.ts';
import { useShell } from '../../app/shell-context.tsx';
import type { Shell } from '../../shell/shell.ts';
import { attempt } from '../../ui/messages.tsx';
import classes from './data.module.css';
import { closeImport, openImport, showUpload } from './import-state.ts';

export function DropTarget() {
  const shell = useShell();
  const [over, setOver] = useState<string | null>(null);
  useEffect(() => {
    function drag(event: DragEvent): void {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      const left = event.type === 'dragleave' && event.relatedTarget === null;
      setOver(left ? null : (dropPlace()?.text ?? 'Drop the file to import it'));
    }
    function drop(event: DragEvent): void {
      const file = event.dataTransfer?.files[0];
      if (!file) return;
      event.preventDefault();
      setOver(null);
      const place = dropPlace();
      if (place) place.take(file);
      else importDropped(shell, file);
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

function importDropped(shell: Shell, file: File): void {
  attempt(async () => {
    try {
      openImport({ kind: 'file', file: await shell.fileFromDrop(file, { onProgress: showUpload }) });
    } catch (error) {
      closeImport();
      throw error;
    }
  });
}
