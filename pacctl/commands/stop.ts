/** The end of a reading that comes from elsewhere than the input. */
export class Stop {
  asked = false;
  #wake = () => {};

  now(): void {
    this.asked = true;
    this.#wake();
  }

  /** What the task comes to; undefined where the end is asked for first. */
  orEnd<T>(task: Promise<T>): Promise<T | undefined> {
    return new Promise((settle, fail) => {
      this.#wake = () => settle(undefined);
      task.then(settle, fail);
    });
  }
}
