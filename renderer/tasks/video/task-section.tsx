// The task section of the form: how many frames are read, and how many are said.
import { useCatalogue } from '../../engine/use-catalogue.ts';
import classes from '../../features/design/design.module.css';
import { useDraft } from '../../features/design/draft-context.tsx';
import { ChoiceField, ColumnsField, NumberField, SwitchField } from '../../features/design/fields.tsx';

export function VideoBasics() {
  const { dataset } = useDraft();
  const columns = (dataset?.columns ?? []).filter(({ kind }) => kind === 'frames').map(({ name }) => name);
  return (
    <>
      <ChoiceField path="task.input" help="The column of videos." data={columns} />
      <NumberField path="task.given" help="What the model reads." min={1} unit="frames" />
      <NumberField path="task.ahead" help="What it says of the frames after them." min={1} unit="frames" />
    </>
  );
}

export function VideoDetails() {
  const catalogue = useCatalogue();
  return (
    <div className={classes.fields}>
      <NumberField
        path="task.stride"
        help="From one beginning in a video to the next."
        min={1}
        unit="frames"
      />
      <NumberField
        path="task.embedding"
        help="Length of the vector that a dense layer makes of a frame."
        min={1}
      />
      <SwitchField
        path="task.relative"
        help="Frames count as changes from the last one that is read: for videos most of which stays as it is."
      />
      <ColumnsField
        path="task.metrics"
        help="Of the scores; the first one leads in every list."
        data={catalogue.metrics
          .filter(({ answers }) => answers === 'frames')
          .map(({ name, label }) => ({ value: name, label }))}
      />
    </div>
  );
}
