/** Ends what it was given, the last first. Node 20 has no AsyncDisposableStack. */
export class Resources implements AsyncDisposable {
  readonly #kept: AsyncDisposable[] = [];

  keep<R extends AsyncDisposable>(resource: R): R {
    this.#kept.push(resource);
    return resource;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const resource of this.#kept.toReversed()) await resource[Symbol.asyncDispose]();
  }
}
