// Dropping a file anywhere on the window begins its import.
import { useEffect, useState } from 'react';
import { useShell } from '../../app/shell-context.tsx';
import { attempt } from '../../ui/messages.tsx';
import classes from './data.module.css';
import { closeImport, openImport, showUpload } from './import-state.ts';

export function DropTarget() {
  const shell = useShell();
  const [over, setOver] = useState(false);
  useEffect(() => {
    function drag(event: DragEvent): void {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setOver(event.type !== 'dragleave' || event.relatedTarget !== null);
    }
    function drop(event: DragEvent): void {
      const file = event.dataTransfer?.files[0];
      if (!file) return;
      event.preventDefault();
      setOver(false);
      attempt(async () => {
        try {
          openImport({ kind: 'file', file: await shell.fileFromDrop(file, { onProgress: showUpload }) });
        } catch (error) {
          closeImport();
          throw error;
        }
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
  return over ? <div className={classes.dropOver}>Drop the file to import it</div> : null;
}
