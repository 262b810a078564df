// Gives features the shell (window or page): dialogs, files, notifications.
import { createContext, type ReactNode, useContext } from 'react';
import type { Shell } from '../shell/shell.ts';

const Context = createContext<Shell | null>(null);

export function ShellProvider({ shell, children }: { readonly shell: Shell; readonly children: ReactNode }) {
  return <Context value={shell}>{children}</Context>;
}

export function useShell(): Shell {
  const shell = useContext(Context);
  if (!shell) throw new Error('ShellProvider is missing above this component');
  return shell;
}
