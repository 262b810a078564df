// Files whose content the page itself reads, by the dialog of the browser (Chromium's in both shells).
import { emptyFolder, type FolderFile } from './pack-folder.ts';

/** Empty where the user cancels, which a page learns by an event of the input. @param endings without the dot */
export function chooseFiles(
  endings: readonly string[],
  { several }: { readonly several: boolean },
): Promise<File[]> {
  return chosenBy((input) => {
    input.multiple = several;
    input.accept = [...new Set(endings)].map((ending) => `.${ending}`).join(',');
  });
}

export interface ChosenFolder {
  readonly name: string;
  /** With their paths below the folder, one at least; hidden ones are left out. */
  readonly files: readonly FolderFile[];
}

/** Null when the user cancels. @throws HindcastError `file-empty` */
export async function chooseFolder(): Promise<ChosenFolder | null> {
  const chosen = await chosenBy((input) => {
    input.webkitdirectory = true;
  });
  // Their paths begin with the name of the folder.
  const [name = ''] = chosen[0]?.webkitRelativePath.split('/') ?? [];
  const all = chosen.map((content) => ({
    name: content.webkitRelativePath.slice(name.length + 1),
    content,
  }));
  const files = all.filter((file) => !isHidden(file));
  if (chosen.length > 0 && files.length === 0) throw emptyFolder(name);
  return chosen.length > 0 ? { name, files } : null;
}

const isHidden = ({ name }: FolderFile): boolean => name.split('/').some((part) => part.startsWith('.'));

function chosenBy(prepare: (input: HTMLInputElement) => void): Promise<File[]> {
  const input = document.createElement('input');
  input.type = 'file';
  prepare(input);
  // A part of the page while it is open: else the garbage collector may take it, and the answer is lost.
  input.hidden = true;
  document.body.append(input);
  return new Promise((resolve) => {
    const answer = (files: File[]) => {
      input.remove();
      resolve(files);
    };
    input.addEventListener('change', () => answer([...(input.files ?? [])]), { once: true });
    input.addEventListener('cancel', () => answer([]), { once: true });
    input.click();
  });
}
