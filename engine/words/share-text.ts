// A share as a percentage. What is not zero is not written as zero, and what is not all of it not as all.

/** In a sentence: `12.5 %`, `90 %`, `less than 0.1 %`, `more than 99.9 %`. */
export const shareText = (share: number, decimals = 1): string =>
  written(share, decimals, { less: 'less than ', more: 'more than ', fixed: (text) => String(Number(text)) });

/** In a table, as many decimals in every line: `12.5 %`, `90.0 %`, `<0.1 %`, `>99.9 %`. */
export const shareCell = (share: number, decimals = 1): string =>
  written(share, decimals, { less: '<', more: '>', fixed: (text) => text });

interface Style {
  readonly less: string;
  readonly more: string;
  fixed(text: string): string;
}

function written(share: number, decimals: number, { less, more, fixed }: Style): string {
  const percent = 100 * share;
  const text = percent.toFixed(decimals);
  const step = 10 ** -decimals;
  if (percent > 0 && Number(text) === 0) return `${less}${step.toFixed(decimals)} %`;
  if (percent < 100 && Number(text) === 100) return `${more}${(100 - step).toFixed(decimals)} %`;
  return `${fixed(text)} %`;
}
