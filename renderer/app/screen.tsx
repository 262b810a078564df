// The screen that the address names.
import { useQuery } from '@tanstack/react-query';
import { useEngine } from '../engine/engine-context.tsx';
import { engineQuery } from '../engine/queries.ts';
import { ComparePage } from '../features/compare/compare-page.tsx';
import { DataPage } from '../features/data/data-page.tsx';
import { DesignPage } from '../features/design/design-page.tsx';
import { LearnPage } from '../features/learn/learn-page.tsx';
import { ModelPage } from '../features/model/model-page.tsx';
import { RunPage } from '../features/run/run-page.tsx';
import { RunsPage } from '../features/runs/runs-page.tsx';
import { SettingsPage } from '../features/settings/settings-page.tsx';
import { SweepPage } from '../features/sweep/sweep-page.tsx';
import { WelcomePage } from '../features/welcome/welcome-page.tsx';
import { EmptyState } from '../ui/page.tsx';
import { usePreference } from './preferences.ts';
import { useRoute } from './router.ts';

export function Screen() {
  const { path, query } = useRoute();
  const [section = 'start', id = '', tab] = path;
  switch (section) {
    case 'start':
      return <StartScreen />;
    case 'runs':
      return runsScreen(id, tab);
    case 'data':
      return <DataPage id={id} />;
    case 'design':
      return <DesignPage key={query.toString()} />;
    case 'compare':
      return <ComparePage />;
    case 'learn':
      return <LearnPage name={id} />;
    case 'model':
      return <ModelPage key={query.toString()} />;
    case 'settings':
      return <SettingsPage />;
    default:
      return (
        <EmptyState title="There is no such screen">
          The address names a screen that Hindcast does not have. Choose one at the left.
        </EmptyState>
      );
  }
}

/** The list, `12` for a run, `s3` for a study. */
function runsScreen(id: string, tab: string | undefined) {
  if (id === '') return <RunsPage />;
  const study = /^s(\d+)$/.exec(id)?.[1];
  if (study === undefined && !/^\d+$/.test(id))
    return (
      <EmptyState title="There is no such run">
        The address names no run: runs have numbers, studies numbers after an s. Choose Runs at the left.
      </EmptyState>
    );
  return study === undefined ? (
    <RunPage key={id} id={Number(id)} tab={tab} />
  ) : (
    <SweepPage key={id} id={Number(study)} />
  );
}

/** An empty workspace is offered data; any other begins with its runs. */
function StartScreen() {
  const [welcomed] = usePreference('welcomed');
  const { data } = useQuery(engineQuery(useEngine()));
  if (!data) return null;
  const isEmpty = data.workspace.datasets === 0 && data.workspace.runs === 0;
  return isEmpty && !welcomed ? <WelcomePage /> : <RunsPage />;
}
