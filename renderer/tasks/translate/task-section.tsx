// The task section of the form: which text is read, which one is written, in which tokens, and how the best text is looked for.
import { useCatalogue } from '../../engine/use-catalogue.ts';
import classes from '../../features/design/design.module.css';
import { useDraft } from '../../features/design/draft-context.tsx';
import { ChoiceField, ColumnsField, NumberField, SwitchField } from '../../features/design/fields.tsx';

const TOKENS = [
  { value: 'characters', label: 'Characters' },
  { value: 'words', label: 'Words' },
  { value: 'pieces', label: 'Pieces of words' },
];

const SCORES = [
  { value: 'general', label: 'Product (Luong)' },
  { value: 'scaled-dot', label: 'Scaled product' },
  { value: 'additive', label: 'Additive (Bahdanau)' },
];

export function TranslateBasics() {
  const { dataset } = useDraft();
  const columns = (dataset?.columns ?? [])
    .filter(({ kind }) => kind === 'text' || kind === 'category' || kind === 'numeric')
    .map(({ name }) => name);
  return (
    <>
      <ChoiceField path="task.input" help="The column that the model reads." data={columns} />
      <ChoiceField path="task.target" help="The column that it learns to write." data={columns} />
      <ChoiceField path="task.tokens.by" help="What is read one after the other." data={TOKENS} />
      <ChoiceField path="task.targetTokens.by" help="What is written one after the other." data={TOKENS} />
    </>
  );
}

export function TranslateDetails() {
  const catalogue = useCatalogue();
  return (
    <div className={classes.fields}>
      <NumberField
        path="task.mostSteps"
        help="Pairs with more on either side are left out."
        min={1}
        unit="tokens"
      />
      <SwitchField path="task.bidirectional" help="Of a recurrent encoder; attention sees all anyway." />
      <ChoiceField
        path="task.attentionScores"
        help="Of an encoder and decoder with attention: how a state of the decoder is compared with each token that was read."
        data={SCORES}
      />
      <NumberField path="task.embedding" help="Attention takes its own width." min={1} />
      {(['tokens', 'targetTokens'] as const).map((side) => (
        <TokenFields key={side} side={side} />
      ))}
      <NumberField
        path="task.beam"
        help="Texts that are pursued side by side when the test part is written; 1: always the most probable token."
        min={1}
      />
      <NumberField path="task.lengthPenalty" help="Above 0, longer texts are preferred." min={0} step={0.1} />
      <ColumnsField
        path="task.metrics"
        help="Of the scores; the first one leads in every list."
        data={catalogue.metrics
          .filter(({ answers }) => answers === 'pairs')
          .map(({ name, label }) => ({ value: name, label }))}
      />
    </div>
  );
}

function TokenFields({ side }: { readonly side: 'tokens' | 'targetTokens' }) {
  return (
    <>
      <SwitchField path={`task.${side}.lowerCase`} help="Capital and small letters are the same." />
      <NumberField
        path={`task.${side}.most`}
        help="The most frequent tokens of the training part; others are unknown."
        min={1}
      />
      <NumberField path={`task.${side}.fewest`} help="Rarer tokens are unknown." min={1} />
    </>
  );
}
