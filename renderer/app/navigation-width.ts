// The width of the navigation: as the user chose, but in a small window never wider than its icons.
import { useMediaQuery } from '@mantine/hooks';
import { usePreference } from './preferences.ts';

/** The same width as in the style sheets of the screens, which put things below one another from here on. */
const SMALL_WINDOW = '(max-width: 860px)';

export interface NavigationWidth {
  readonly narrow: boolean;
  /** Null where the window leaves no choice. */
  readonly toggle: (() => void) | null;
}

export function useNavigationWidth(): NavigationWidth {
  const [width, setWidth] = usePreference('navigation');
  // Known from the first drawing on, so that nothing jumps.
  const small = useMediaQuery(SMALL_WINDOW, false, { getInitialValueInEffect: false });
  if (small) return { narrow: true, toggle: null };
  const narrow = width === 'narrow';
  return { narrow, toggle: () => setWidth(narrow ? 'wide' : 'narrow') };
}
