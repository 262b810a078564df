// Sentences of the engine on screen: no line ends between a number and its unit. Pure.

const UNIT = /(?<=\d) (?=(?:%|ms|s|min|h|d|dB|B|kB|MB|GB)(?![\p{L}\d]))/gu;

/** `0.20 ms` and `45 %` with a space that does not break. */
export const unbroken = (text: string): string => text.replace(UNIT, '\u00a0');
