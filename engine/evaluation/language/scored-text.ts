// What a language model, or a baseline, said of texts.

export interface ScoredText {
  /** Sum over all tokens of -ln p, in nats. */
  readonly nats: number;
  /** With an end sign for each text that ends in the part. */
  readonly tokens: number;
  /** The same in characters: what ranks models whatever their tokens are. */
  readonly characters: number;
}
