// The height of the one chart of a screen: it grows with the window, instead of leaving its lower part empty.
import { useViewportSize } from '@mantine/hooks';

const LEAST_PX = 340;
const MOST_PX = 640;
const SHARE = 0.52;

export function useChartHeight(): number {
  const { height } = useViewportSize();
  return Math.round(Math.min(MOST_PX, Math.max(LEAST_PX, SHARE * height)));
}
