// The title of the window or tab names the current screen, so that several tabs can be told apart.
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useEngine } from '../engine/engine-context.tsx';
import { datasetsQuery, runsQuery } from '../engine/queries.ts';
import { useRoute } from './router.ts';
import { SECTIONS } from './sections.ts';
import { useShell } from './shell-context.tsx';

export function WindowTitle() {
  const shell = useShell();
  const title = usePageTitle();
  useEffect(() => shell.setTitle(title), [shell, title]);
  return null;
}

/** `Runs`; of one run or dataset its name; empty at the start. */
function usePageTitle(): string {
  const engine = useEngine();
  const [page = '', id = ''] = useRoute().path;
  const { data: runs } = useQuery({ ...runsQuery(engine), enabled: page === 'runs' && id !== '' });
  const { data: datasets } = useQuery({ ...datasetsQuery(engine), enabled: page === 'data' && id !== '' });
  const label = page === 'model' ? 'Exported model' : (SECTIONS.find((one) => one.id === page)?.label ?? '');
  if (id === '') return label;
  const named = page === 'runs' ? runs : page === 'data' ? datasets : undefined;
  return named?.find((one) => String(one.id) === id)?.name ?? label;
}
