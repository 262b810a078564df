// For what answers one question at a time: each begins when the one before has ended, however it ended.

export type InTurn = <Answer>(task: () => Promise<Answer>) => Promise<Answer>;

export function createInTurn(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const answer = last.then(task);
    last = answer.catch(() => {});
    return answer;
  };
}
