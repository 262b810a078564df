// The views of the Inside tab, in order: a new one is a file and a line here.
import { AlikeView } from './alike-view.tsx';
import { AttentionView } from './attention-view.tsx';
import { AttributionView } from './attribution-view.tsx';
import { GatesView } from './gates-view.tsx';
import { GradientsView } from './gradients-view.tsx';
import type { InsideViewKind } from './inside-view.ts';
import { UnrolledView } from './unrolled-view.tsx';

export const INSIDE_VIEWS: readonly InsideViewKind[] = [
  { id: 'unrolled', label: 'Unrolled', method: 'states', isOfWindow: true, View: UnrolledView },
  { id: 'gates', label: 'Gates', method: 'gates', isOfWindow: true, View: GatesView },
  { id: 'gradients', label: 'Gradients', method: 'gradients', isOfWindow: false, View: GradientsView },
  { id: 'attention', label: 'Attention', method: 'attention', isOfWindow: true, View: AttentionView },
  { id: 'attribution', label: 'Attribution', method: 'attribute', isOfWindow: true, View: AttributionView },
  { id: 'alike', label: 'Alike', method: 'match', isOfWindow: true, View: AlikeView },
];
