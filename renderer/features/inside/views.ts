// The views of the Inside tab, in order: a new one is a file and a line here.
import { GatesView } from './gates-view.tsx';
import { GradientsView } from './gradients-view.tsx';
import type { InsideViewKind } from './inside-view.ts';
import { UnrolledView } from './unrolled-view.tsx';

export const INSIDE_VIEWS: readonly InsideViewKind[] = [
  { id: 'unrolled', label: 'Unrolled', method: 'states', isOfWindow: true, View: UnrolledView },
  { id: 'gates', label: 'Gates', method: 'gates', isOfWindow: true, View: GatesView },
  { id: 'gradients', label: 'Gradients', method: 'gradients', isOfWindow: false, View: GradientsView },
];
