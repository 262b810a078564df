// The views of the Inside tab, in order: a new one is a file and a line here.
import { AlikeView } from './alike-view.tsx';
import { AttentionView } from './attention-view.tsx';
import { AttributionView } from './attribution-view.tsx';
import { DiagnosisView } from './diagnosis-view.tsx';
import { GatesView } from './gates-view.tsx';
import { GradientsView } from './gradients-view.tsx';
import type { InsideViewKind } from './inside-view.ts';
import { PlayView } from './play-view.tsx';
import { UnrolledView } from './unrolled-view.tsx';
import { WeightsView } from './weights-view.tsx';

export const INSIDE_VIEWS: readonly InsideViewKind[] = [
  {
    id: 'unrolled',
    label: 'Unrolled',
    needs: 'states',
    scope: 'window',
    tables: ['window', 'states'],
    View: UnrolledView,
  },
  {
    id: 'gates',
    label: 'Gates',
    needs: 'gates',
    scope: 'window',
    tables: ['gates', 'states'],
    View: GatesView,
  },
  {
    id: 'gradients',
    label: 'Gradients',
    needs: 'gradients',
    scope: 'part',
    tables: ['gradients', 'flow', 'spectrum'],
    View: GradientsView,
  },
  {
    id: 'attention',
    label: 'Attention',
    needs: 'attention',
    scope: 'window',
    tables: ['attention', 'rollout'],
    View: AttentionView,
  },
  {
    id: 'weights',
    label: 'Weights',
    needs: null,
    scope: 'training',
    tables: ['histograms'],
    View: WeightsView,
  },
  {
    id: 'attribution',
    label: 'Attribution',
    needs: 'attribute',
    scope: 'window',
    tables: ['attribute'],
    View: AttributionView,
  },
  {
    id: 'play',
    label: 'Play',
    needs: 'window',
    scope: 'window',
    tables: ['window'],
    View: PlayView,
  },
  { id: 'alike', label: 'Alike', needs: 'match', scope: 'window', tables: ['match'], View: AlikeView },
  {
    id: 'diagnosis',
    label: 'Diagnosis',
    needs: 'diagnose',
    scope: 'window',
    tables: ['diagnose', 'memory'],
    View: DiagnosisView,
  },
];
