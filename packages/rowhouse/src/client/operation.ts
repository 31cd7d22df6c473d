/** What one operation of an API takes and answers. `renderApiTypes` writes them from an OpenAPI document. */
export interface Operation {
  /** By the names in the path's braces. */
  readonly parameters?: object;
  readonly query?: object;
  /** JSON, or a file. */
  readonly body?: unknown;
  /** The slug for the X-Organization header, where the path names none. A key or a token belongs to one organization. */
  readonly organization?: string | undefined;
  /** `undefined` where there is no body. */
  readonly answer: unknown;
}

/** The answer of an operation that gives a file: read it by `open`. */
export interface FileAnswer {
  readonly file: true;
}

/** The answer of a list, with the cursor of the page after it. */
export interface PageAnswer<Item = unknown> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

export interface CallOptions {
  /** For a POST: sent again with the same one, it is done once. Default: a new one for each call. */
  readonly idempotencyKey?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a call of the operation is given; the parts that it needs are not optional. */
export type InputOf<O extends Operation> = Omit<O, "answer"> & CallOptions;

/** The operations whose answer is a page of a list. */
export type ListLine<Api> = {
  [Line in keyof Api]: Api[Line] extends { readonly answer: PageAnswer } ? Line : never;
}[keyof Api];

/** The operations whose answer is JSON, or nothing. */
export type JsonLine<Api> = {
  [Line in keyof Api]: Api[Line] extends { readonly answer: FileAnswer } ? never : Line;
}[keyof Api];

/** One of what a list has. */
export type ItemOf<O extends Operation> = O["answer"] extends PageAnswer<infer Item> ? Item : never;
