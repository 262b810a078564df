// The view `diagnose`: what the other views say of this model, as one list of sentences, faults first.
import { MOST_WINDOWS } from '../../contract/inside/dynamics.ts';
import type { InsideDiagnosis } from '../../contract/inside/memory.ts';
import type { WindowChoice } from '../../contract/inside/target.ts';
import { CELLS } from '../cells/registry.ts';
import { captureAttention } from '../forecaster/attention-capture.ts';
import type { Inspected } from '../forecaster/inspected.ts';
import { chooseWindow } from '../forecaster/window.ts';
import { summarizeHead } from '../heads.ts';
import { gates } from './forecast-gates.ts';
import { gradients } from './forecast-gradients.ts';
import { jacobian } from './forecast-jacobian.ts';
import { memory } from './forecast-memory.ts';

type Choice = WindowChoice & { readonly clipped: number | null };
type Findings = InsideDiagnosis['findings'];

export function diagnose(inspected: Inspected, choice: Choice): InsideDiagnosis {
  const findings = [
    ...ofGradients(inspected, choice),
    ...ofGates(inspected, choice),
    ...ofAttention(inspected, choice),
    ofMemory(inspected, choice),
  ];
  return { findings: findings.sort((a, b) => Number(b.isFault) - Number(a.isFault)) };
}

function ofGradients(inspected: Inspected, choice: Choice): Findings {
  const top = inspected.anatomy.sites.findLast(
    ({ place }) => place.part === 'encoder' && place.direction === 'forward',
  );
  if (!top) return [];
  const { verdict } = gradients(inspected, { ...choice, windows: MOST_WINDOWS });
  const product = jacobian(inspected, { ...choice, place: top.place });
  return [
    ...(verdict
      ? [{ view: 'gradients', isFault: verdict.kind !== 'steady', sentence: verdict.sentence }]
      : []),
    { view: 'jacobian', isFault: false, sentence: product.sentence },
  ];
}

/** Share of the steps at which a gate does nothing but pass, or nothing but shut. */
const STUCK = 0.95;

function ofGates(inspected: Inspected, choice: Choice): Findings {
  const sites = inspected.anatomy.sites.filter(({ cell }) => CELLS[cell].gates.length > 0);
  return sites.flatMap(({ place, units }) =>
    gates(inspected, { ...choice, place, windows: MOST_WINDOWS }).gates.flatMap(
      ({ title, isGate, below, above }) => {
        const stuck = below.filter((share, unit) => share > STUCK || above[unit]! > STUCK).length;
        if (!isGate || stuck < units / 2) return [];
        return [
          {
            view: 'gates',
            isFault: true,
            sentence: `The ${title} of ${stuck} of ${units} units in layer ${place.layer} of the ${place.part} is nearly always open or shut: it does not react to the data.`,
          },
        ];
      },
    ),
  );
}

function ofAttention(inspected: Inspected, choice: Choice): Findings {
  const { prepared, anatomy } = inspected;
  if (anatomy.attention.length === 0) return [];
  const chosen = chooseWindow(prepared, choice);
  const row = anatomy.isByColumn ? chosen.target : 0;
  const layers = captureAttention(inspected, { part: choice.part, window: chosen, row });
  const heads = layers.flatMap(({ plan, head }) =>
    Array.from({ length: plan.heads }, (_, index) => summarizeHead(index, head(index), plan).name),
  );
  const even = heads.filter((name) => name === 'uniform').length;
  return [
    {
      view: 'attention',
      isFault: even === heads.length,
      sentence:
        even === heads.length
          ? 'Every head looks at all steps alike: the attention has not found anything to choose.'
          : `${even} of ${heads.length} heads ${even === 1 ? 'looks' : 'look'} at all steps alike; the others: ${[...new Set(heads.filter((name) => name !== 'uniform'))].join(', ')}.`,
    },
  ];
}

/** Of the look-back: what lies beyond is read and hardly used. */
const SHORT = 0.1;

function ofMemory(inspected: Inspected, choice: Choice): Findings[number] {
  const { half, sentence } = memory(inspected, { ...choice, windows: MOST_WINDOWS });
  const { lookback } = inspected.prepared;
  const isShort = half !== null && half + 1 < SHORT * lookback;
  const advice = isShort
    ? ' A shorter look-back would do, or the model has not learnt to use the longer one.'
    : '';
  return { view: 'memory', isFault: half === null, sentence: `${sentence}${advice}` };
}
