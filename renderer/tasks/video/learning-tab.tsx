// What a forecaster of frames said of a few validation windows after its epochs, below the true frames: the first epoch, some in between, the last one.
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { FramesForm } from '../../../engine/contract/tasks/sampled-frames.ts';
import { shownEpochs } from '../../../engine/words/shown-epochs.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { keptOfRun } from '../../engine/queries.ts';
import classes from '../../features/run/run-page.module.css';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Panel, Scroll, TableScroll } from '../../ui/page.tsx';
import { Still, type StillPicture, stillsIn } from '../../ui/still.tsx';
import type { RunTabProps } from '../run-tab.ts';
import css from './video.module.css';

export function FramesLearningTab({ run }: RunTabProps) {
  const engine = useEngine();
  const { data, error } = useQuery({
    queryKey: ['video', 'learned', { run: run.id }, run.epoch, run.state],
    queryFn: async ({ signal }) => {
      const found = await engine.video.learned({ run: run.id }, { signal });
      if (!found) return null;
      const { form } = found;
      const framesOf = async (blob: Blob) =>
        stillsIn({ ...form, pixels: new Uint8Array(await blob.arrayBuffer()) });
      return {
        form,
        truth: await framesOf(found.truth),
        epochs: await Promise.all(
          found.epochs.map(async ({ epoch, psnr, said }) => ({ epoch, psnr, said: await framesOf(said) })),
        ),
      };
    },
    placeholderData: keptOfRun(run.id),
    retry: false,
  });
  return (
    <Scroll label="Learning to forecast">
      <div className={classes.charts}>
        <div className={classes.wide}>
          {error && <ErrorMessage error={error} />}
          {data === null && (
            <p className="muted">
              {run.epoch === 0
                ? 'The first frames come after the first epoch.'
                : 'No frames were kept while this run trained: it is of an older Hindcast. A new run keeps them.'}
            </p>
          )}
          {data && (
            <Panel title="Frames of the validation part, forecast after each epoch">
              <FramesByEpoch {...data} />
            </Panel>
          )}
        </div>
      </div>
    </Scroll>
  );
}

interface FramesByEpochProps {
  readonly form: FramesForm;
  /** [windows, 1 + steps] */
  readonly truth: readonly StillPicture[];
  /** `said` is [windows, steps]. */
  readonly epochs: readonly {
    readonly epoch: number;
    readonly psnr: FramesForm['copyPsnr'];
    readonly said: readonly StillPicture[];
  }[];
}

interface Line {
  readonly name: ReactNode;
  /** Of the pictures, for readers of the screen. */
  readonly label: string;
  pictureOf(window: number, step: number): StillPicture | undefined;
  readonly psnr: FramesForm['copyPsnr'] | null;
}

function FramesByEpoch({ form, truth, epochs }: FramesByEpochProps) {
  const { steps, windows } = form;
  const shown = new Set(shownEpochs(epochs.map(({ epoch }) => epoch)));
  const lines: Line[] = [
    {
      name: 'True',
      label: 'True',
      pictureOf: (window, step) => truth[window * (1 + steps.length) + 1 + step],
      psnr: null,
    },
    {
      name: 'Last frame',
      label: 'Last frame that is read',
      pictureOf: (window) => truth[window * (1 + steps.length)],
      psnr: form.copyPsnr,
    },
    ...epochs
      .filter(({ epoch }) => shown.has(epoch))
      .map(({ epoch, psnr, said }) => ({
        name: epoch,
        label: `Epoch ${epoch}`,
        pictureOf: (window: number, step: number) => said[window * steps.length + step],
        psnr,
      })),
  ];
  return (
    <>
      <p className="muted">
        Below each frame its PSNR in dB: higher is nearer to the true frame. The last frame that is read,
        shown again, is what a model has to beat.
      </p>
      <TableScroll label="Forecast after each epoch">
        <table className={`plain-table ${css.learned}`}>
          <thead>
            <tr>
              <th scope="col" className="num" rowSpan={2}>
                Epoch
              </th>
              {windows.map(({ name, from }) => (
                <th key={`${name} ${from}`} scope="colgroup" colSpan={steps.length} className={css.first}>
                  {name}
                  <span className="muted">, read from frame {from + 1}</span>
                </th>
              ))}
            </tr>
            <tr>
              {windows.flatMap(({ name, from }) =>
                steps.map((step, at) => (
                  <th
                    key={`${name} ${from} ${step}`}
                    scope="col"
                    className={at === 0 ? css.first : undefined}
                  >
                    {step} ahead
                  </th>
                )),
              )}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ name, label, pictureOf, psnr }) => (
              <tr key={label}>
                <th scope="row" className="num">
                  {name}
                </th>
                {windows.flatMap((window, index) =>
                  steps.map((step, at) => (
                    <td
                      key={`${window.name} ${window.from} ${step}`}
                      className={at === 0 ? css.first : undefined}
                    >
                      <Cell
                        picture={pictureOf(index, at)}
                        label={`${label}, ${window.name}, ${step} ahead`}
                        psnr={psnr?.[index]?.[at]}
                      />
                    </td>
                  )),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </>
  );
}

const SIZE = 48;

interface CellProps {
  readonly picture: StillPicture | undefined;
  readonly label: string;
  readonly psnr: number | undefined;
}

function Cell({ picture, label, psnr }: CellProps) {
  return (
    <>
      {picture && <Still picture={picture} size={SIZE} label={label} />}
      {psnr !== undefined && <div className={`muted num ${css.psnr}`}>{psnr.toFixed(1)}</div>}
    </>
  );
}
