// The window: the navigation beside the current screen, and the keys that work everywhere.

import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { DropTarget } from '../features/data/drop-target.tsx';
import { ImportDialog } from '../features/data/import-dialog.tsx';
import { openImport } from '../features/data/import-state.ts';
import { ExportDialog } from '../features/export/export-dialog.tsx';
import { openModel } from '../features/model/open-model.ts';
import type { EngineState } from '../shell/shell.ts';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { useKeymap } from './hotkeys.ts';
import { KeyboardHelp } from './keyboard-help.tsx';
import classes from './layout.module.css';
import { Navigation } from './navigation.tsx';
import { useNavigationWidth } from './navigation-width.ts';
import { OpeningNotices, ReadOnlyBanner } from './opening-notices.tsx';
import { openPalette, Palette } from './palette.tsx';
import { hrefOf, navigate, useRoute } from './router.ts';
import { Screen } from './screen.tsx';
import { focusScreen, SCREEN_ID, useScreenFocus } from './screen-focus.ts';
import { SECTIONS } from './sections.ts';
import { useShell } from './shell-context.tsx';
import { WindowTitle } from './window-title.tsx';

export function Layout() {
  const { narrow, toggle } = useNavigationWidth();
  const [help, setHelp] = useState(false);
  const shell = useShell();
  const { path } = useRoute();
  useScreenFocus(path.slice(0, 2).join('/'));
  useKeymap({
    ...Object.fromEntries(SECTIONS.map(({ keys, href }) => [keys, () => navigate(href)])),
    n: () => navigate(hrefOf(['design'])),
    i: () => openImport(),
    'mod+k': openPalette,
    '?': () => setHelp(true),
    '[': () => toggle?.(),
  });
  useEffect(
    () =>
      shell.onMenu((command) => {
        if (command === 'palette') openPalette();
        else if (command === 'keyboard-help') setHelp(true);
        else if (command === 'import') openImport();
        else if (command === 'open-model') void openModel(shell);
        else if (command === 'new-experiment') navigate(hrefOf(['design']));
        else navigate(hrefOf([command.replace('show-', '')]));
      }),
    [shell],
  );
  return (
    <>
      <button type="button" className={classes.skip} onClick={focusScreen}>
        Skip to the screen
      </button>
      <div className={`${classes.shell} ${narrow ? classes.narrow : ''}`}>
        <Navigation narrow={narrow} onToggle={toggle} />
        <main className={classes.main} id={SCREEN_ID} tabIndex={-1}>
          <EngineBanner />
          <ReadOnlyBanner />
          <div className={classes.screen}>
            <ErrorBoundary screen={path.join('/')}>
              <Screen />
            </ErrorBoundary>
          </div>
        </main>
      </div>
      <WindowTitle />
      <OpeningNotices />
      <ImportDialog />
      <ExportDialog />
      <DropTarget />
      <Palette onHelp={() => setHelp(true)} />
      <KeyboardHelp opened={help} onClose={() => setHelp(false)} />
    </>
  );
}

const STATE_WORDS = {
  restarting: 'The engine ended and is being started again. ',
  failed: 'The engine cannot be started. ',
  away: '',
} as const;

/** While the process that hosts the workspace is away: why, and what can be done. */
function EngineBanner() {
  const shell = useShell();
  const [engine, setEngine] = useState<EngineState>({ state: 'running' });
  useEffect(() => shell.onEngineState(setEngine), [shell]);
  if (engine.state === 'running') return null;
  return (
    <div className={classes.banner} role="alert">
      <span>
        {STATE_WORDS[engine.state]}
        {engine.reason}
      </span>
      {engine.state === 'failed' && (
        <Button variant="default" ml="auto" onClick={() => shell.restartEngine()}>
          Try again
        </Button>
      )}
    </div>
  );
}
