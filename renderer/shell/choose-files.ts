// Files whose content the page itself reads, by the dialog of the browser (Chromium's in both shells).

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

/** The files of a folder and of those in it, with `webkitRelativePath`, which begins with the name of the folder. */
export function chooseFolder(): Promise<File[]> {
  return chosenBy((input) => {
    input.webkitdirectory = true;
  });
}

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
