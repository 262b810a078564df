// The screen that the address names.
import { type ComponentType, Suspense } from 'react';
import { RunPage } from '../features/run/run-page.tsx';
import { RunsPage } from '../features/runs/runs-page.tsx';
import { EmptyState } from '../ui/page.tsx';
import { useRoute } from './router.ts';

interface ScreenProps {
  readonly id: string;
  readonly rest: readonly string[];
}

/** Screens beyond the first ones are loaded when they are wanted. */
const SCREENS: Readonly<Record<string, ComponentType<ScreenProps>>> = {};

export function Screen() {
  const { path } = useRoute();
  const [place = 'runs', id = '', ...rest] = path;
  if (place === 'runs')
    return id === '' ? <RunsPage /> : <RunPage key={id} id={Number(id)} tab={rest[0] ?? 'curves'} />;
  const Found = SCREENS[place];
  if (!Found) {
    return (
      <EmptyState title="There is no such place">
        The address names a screen that Hindcast does not have. Choose one at the left.
      </EmptyState>
    );
  }
  return (
    <Suspense fallback={null}>
      <Found key={place} id={id} rest={rest} />
    </Suspense>
  );
}
