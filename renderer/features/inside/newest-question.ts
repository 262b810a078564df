// Questions that come faster than answers: one at a time is under way, and of those that came meanwhile only the newest is asked.

export interface NewestOptions<Question, Answer> {
  ask(question: Question, signal: AbortSignal): Promise<Answer>;
  onAnswer(answer: Answer): void;
  onError(error: unknown): void;
}

export interface Newest<Question> {
  /** Does nothing where the same was asked last. */
  ask(question: Question): void;
  /** Nothing is answered any more until the next question. */
  stop(): void;
}

export function createNewest<Question, Answer>(options: NewestOptions<Question, Answer>): Newest<Question> {
  let underWay: AbortController | null = null;
  /** Of the last question, whether it was asked or waits. */
  let key: string | null = null;
  let waiting: { readonly question: Question } | null = null;

  function start(question: Question): void {
    const own = new AbortController();
    underWay = own;
    options.ask(question, own.signal).then(
      (answer) => end(own, () => options.onAnswer(answer)),
      (error: unknown) => end(own, () => fail(error)),
    );
  }

  /** The next question leaves before this answer is drawn. */
  function end(own: AbortController, say: () => void): void {
    if (underWay !== own) return;
    underWay = null;
    const next = waiting;
    waiting = null;
    if (next) start(next.question);
    say();
  }

  /** A newer question may have an answer; else the same one may be asked again. */
  function fail(error: unknown): void {
    if (underWay) return;
    key = null;
    options.onError(error);
  }

  return {
    ask(question) {
      const next = JSON.stringify(question);
      if (next === key) return;
      key = next;
      if (underWay) waiting = { question };
      else start(question);
    },
    stop() {
      underWay?.abort();
      underWay = null;
      waiting = null;
      key = null;
    },
  };
}
