// The outline of a wave: its largest and smallest value at each pixel, as an SVG path.

export function envelopeOf(wave: ArrayLike<number>, width: number, height: number): string {
  let peak = 1;
  for (let at = 0; at < wave.length; at++) peak = Math.max(peak, Math.abs(wave[at]!));
  const y = (value: number) => (height / 2 - (value / peak) * (height / 2 - 1)).toFixed(1);
  let path = '';
  for (let pixel = 0; pixel < width; pixel++) {
    const from = Math.floor((pixel * wave.length) / width);
    const to = Math.max(from + 1, Math.floor(((pixel + 1) * wave.length) / width));
    let [low, high] = [0, 0];
    for (let at = from; at < to && at < wave.length; at++) {
      low = Math.min(low, wave[at]!);
      high = Math.max(high, wave[at]!);
    }
    path += `M${pixel + 0.5} ${y(high)}V${y(low)}`;
  }
  return path;
}
