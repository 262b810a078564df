// The pictures of a sample, and what of each pixel the answer stands on.
import { useQuery } from '@tanstack/react-query';
import type { InsidePixelsFrame } from '../../../../engine/contract/inside/reading.ts';
import { useEngine } from '../../../engine/engine-context.tsx';
import { formatNumber } from '../../../ui/format.ts';
import { Panel } from '../../../ui/page.tsx';
import { Still } from '../../../ui/still.tsx';
import runClasses from '../../run/run-page.module.css';
import { Failed, Pending } from '../use-window.tsx';
import css from './pixels.module.css';
import { pixelsQuery } from './reading-queries.ts';
import type { FrameProps } from './reading-view.ts';

export function PixelsPanel(props: FrameProps) {
  const { data, error } = useQuery(pixelsQuery(useEngine(), props.asked, props.version));
  return (
    <Panel className={runClasses.wide ?? ''} title={titleOf(props)}>
      {error ? (
        <Failed error={error} />
      ) : data ? (
        <Maps {...props} pixels={data} />
      ) : (
        <Pending>Following the pixels …</Pending>
      )}
    </Panel>
  );
}

function titleOf({ frame: { header } }: FrameProps): string {
  const { step, choice } = header.explained;
  return header.says === 'frame'
    ? `Pixels that the ${choice} of ${header.labels[step] ?? ''} stands on`
    : `Pixels that ${JSON.stringify(choice)} stands on`;
}

interface MapsProps extends FrameProps {
  readonly pixels: InsidePixelsFrame;
}

function Maps(props: MapsProps) {
  const { header } = props.pixels;
  const { explained, without } = header;
  const isFrame = props.frame.header.says === 'frame';
  const scale = isFrame ? explained.choice : `log-probability of ${JSON.stringify(explained.choice)}`;
  return (
    <>
      <p className={css.words}>
        {`Orange pixels raise the ${scale}, blue ones lower it: integrated gradients from the mean of the training part, where it is ${formatNumber(without, 4)}; here it is ${formatNumber(explained.value, 4)}. `}
        {header.read.length > 1 ? 'The number below a frame is the sum of its pixels. ' : ''}
        {`All of them together are ${header.gap < 0.01 ? 'less than 0.01' : formatNumber(header.gap, 2)} % off that change.`}
      </p>
      {isFrame ? <Frames {...props} /> : <Image {...props} />}
    </>
  );
}

const FRAME = 78;
const IMAGE = 200;

function Frames({ pixels, frame, change }: MapsProps) {
  const { header, columns } = pixels;
  const form = formOf(header);
  const tints = tintsOf(pixels);
  const first = frame.header.firstAnswer;
  return (
    <div className={css.rows}>
      <Row name="Read">
        {header.read.map((name, index) => (
          <figure key={name} className={css.figure} style={{ width: FRAME }}>
            <Still
              picture={{ ...form, pixels: columns.read[index]! }}
              tint={tints[index]}
              size={FRAME}
              label={`${name}, with what it adds`}
            />
            <figcaption>
              {name}
              <br />
              <span className="num">{signed(header.sums[index] ?? 0)}</span>
            </figcaption>
          </figure>
        ))}
      </Row>
      <Row name="True">
        {header.after.map((name, index) => (
          <figure key={name} className={css.figure} style={{ width: FRAME }}>
            <Still
              picture={{ ...form, pixels: columns.after[index]! }}
              size={FRAME}
              label={`${name}, true`}
            />
          </figure>
        ))}
      </Row>
      <Row name="Forecast">
        {header.said.map((name, index) => (
          <button
            key={name}
            type="button"
            className={css.choice}
            aria-pressed={header.explained.step === first + index}
            onClick={() => change({ step: first + index })}
          >
            <Still
              picture={{ ...form, pixels: columns.said[index]! }}
              size={FRAME}
              label={`${name}, forecast`}
            />
            <span>{name}</span>
          </button>
        ))}
      </Row>
    </div>
  );
}

function Row({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <section className={css.row} aria-label={name}>
      <span className={css.name}>{name}</span>
      <div className={css.stills}>{children}</div>
    </section>
  );
}

function Image({ pixels, frame }: MapsProps) {
  const { header, columns } = pixels;
  const picture = { ...formOf(header), pixels: columns.read[0]! };
  const written = JSON.stringify(header.explained.choice);
  const look = columns.look[0];
  const maps = [
    { name: 'The image', tint: undefined },
    ...(look
      ? [{ name: `Where it looks while it writes ${written}`, tint: scaled(look, header.channels) }]
      : []),
    { name: `What speaks for ${written}`, tint: tintsOf(pixels)[0] },
  ];
  return (
    <div className={css.stills} data-sample={frame.header.sample.name}>
      {maps.map(({ name, tint }) => (
        <figure key={name} className={css.figure} style={{ width: IMAGE }}>
          <Still picture={picture} tint={tint} size={IMAGE} label={name} />
          <figcaption>{name}</figcaption>
        </figure>
      ))}
    </div>
  );
}

const formOf = ({ width, height, channels }: InsidePixelsFrame['header']) => ({ width, height, channels });

const signed = (value: number): string => `${value < 0 ? '\u2212' : '+'}${formatNumber(Math.abs(value), 2)}`;

/** One scale for all pictures, so that they can be compared. */
function tintsOf({ header, columns }: InsidePixelsFrame): Float32Array[] {
  const sums = columns.evidence.map((map) => perPixel(map, header.channels));
  const most = sums.reduce(
    (all, map) => map.reduce((top, value) => Math.max(top, Math.abs(value)), all),
    1e-12,
  );
  return sums.map((map) => map.map((value) => spread(value / most)));
}

function scaled(values: Float32Array, channels: number): Float32Array {
  const sums = perPixel(values, channels);
  const most = sums.reduce((top, value) => Math.max(top, value), 1e-12);
  return sums.map((value) => value / most);
}

/** Small shares stay visible beside one large pixel. */
const spread = (share: number): number => Math.sign(share) * Math.sqrt(Math.abs(share));

function perPixel(values: Float32Array, channels: number): Float32Array {
  return Float32Array.from({ length: values.length / channels }, (_, pixel) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += values[pixel * channels + channel]!;
    return sum;
  });
}
