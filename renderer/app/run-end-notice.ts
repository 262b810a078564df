// Whether the user is told when a run ends: the user must have asked for it and, in the browser, permitted notifications.
import { useState } from 'react';
import type { MayNotify } from '../shell/shell.ts';
import { usePreference } from './preferences.ts';
import { useShell } from './shell-context.tsx';

export interface RunEndNotice {
  readonly wanted: boolean;
  readonly allowed: MayNotify;
  /** Wanting it asks for the leave where there is none yet, so call it from a click or a key of the user. */
  want(wanted: boolean): Promise<void>;
}

export function useRunEndNotice(): RunEndNotice {
  const shell = useShell();
  const [wanted, setWanted] = usePreference('notifyRunEnd');
  const [allowed, setAllowed] = useState(() => shell.mayNotify());
  return {
    wanted,
    allowed,
    async want(next) {
      setWanted(next);
      if (next) setAllowed(await shell.askToNotify());
    },
  };
}
