// The task section of the form: which texts are learned, in which tokens, and how far back.
import { useCatalogue } from '../../engine/use-catalogue.ts';
import classes from '../../features/design/design.module.css';
import { useDraft } from '../../features/design/draft-context.tsx';
import { ChoiceField, ColumnsField, NumberField, SwitchField } from '../../features/design/fields.tsx';

export function GenerateBasics() {
  const { dataset } = useDraft();
  const texts = (dataset?.columns ?? []).filter(({ kind }) => kind === 'text').map(({ name }) => name);
  return (
    <>
      <ChoiceField path="task.input" help="The column of texts that it learns to write." data={texts} />
      <ChoiceField
        path="task.tokens.by"
        help="What it writes one after the other."
        data={[
          { value: 'characters', label: 'Characters' },
          { value: 'words', label: 'Words' },
          { value: 'pieces', label: 'Pieces of words' },
        ]}
      />
    </>
  );
}

export function GenerateDetails() {
  const catalogue = useCatalogue();
  return (
    <div className={classes.fields}>
      <NumberField
        path="task.window"
        help="The gradient goes back so far; a recurrent model reads on with its state, attention sees no further."
        min={1}
        unit="tokens"
      />
      <SwitchField path="task.tokens.lowerCase" help="Capital and small letters are the same." />
      <NumberField
        path="task.tokens.most"
        help="The most frequent tokens of the training part; others are unknown."
        min={1}
      />
      <NumberField path="task.tokens.fewest" help="Rarer tokens are unknown." min={1} />
      <NumberField path="task.embedding" help="Attention takes its own width." min={1} />
      <SwitchField path="task.tied" help="The table of token vectors also writes the answer." />
      <NumberField
        path="task.sampleTokens"
        help="Written for each prompt after every validation."
        min={1}
        unit="tokens"
      />
      <NumberField
        path="task.sampleTemperature"
        help="0: always the most probable token."
        min={0}
        step={0.1}
      />
      <ColumnsField
        path="task.metrics"
        help="Of the scores; the first one leads in every list."
        data={catalogue.metrics
          .filter(({ answers }) => answers === 'tokens')
          .map(({ name, label }) => ({ value: name, label }))}
      />
    </div>
  );
}
