/** What Prisma's WebAssembly module offers: turns a query into a plan. It knows the schema, and no connection. */
interface QueryCompiler {
  compile(query: string): unknown;
  compileBatch(queries: string): unknown;
  free(): void;
}

type QueryCompilerClass = new (options: unknown) => QueryCompiler;

/** Plans of one schema. Values are not in them: Prisma puts placeholders first. */
const mostPlans = 1_000;
const longestKey = 20_000;
const compilers = new Map<string, QueryCompiler>();

/**
 * A compiler reads the whole schema when it is made, which is most of the cost of a client. Those of all clients of a
 * schema are one here, and so are their plans; what runs a plan, and on which connection, stays each client's own.
 */
export function sharedCompiler(Compiler: QueryCompilerClass): QueryCompilerClass {
  return class SharedCompiler implements QueryCompiler {
    readonly #key: string;
    readonly #compiler: QueryCompiler;

    constructor(options: unknown) {
      this.#key = JSON.stringify(options);
      this.#compiler = compilers.get(this.#key) ?? new CachedPlans(new Compiler(options));
      compilers.set(this.#key, this.#compiler);
    }

    compile(query: string): unknown {
      return this.#guarded(() => this.#compiler.compile(query));
    }

    compileBatch(queries: string): unknown {
      return this.#guarded(() => this.#compiler.compileBatch(queries));
    }

    free(): void {
      // others use it
    }

    /** After a panic the module's object stays locked, so the next client gets a new one. */
    #guarded(work: () => unknown): unknown {
      try {
        return work();
      } catch (error) {
        compilers.delete(this.#key);
        throw error;
      }
    }
  };
}

class CachedPlans implements QueryCompiler {
  readonly #compiler: QueryCompiler;
  readonly #single = new Map<string, unknown>();
  readonly #batches = new Map<string, unknown>();

  constructor(compiler: QueryCompiler) {
    this.#compiler = compiler;
  }

  compile(query: string): unknown {
    return remembered(this.#single, query, () => this.#compiler.compile(query));
  }

  compileBatch(queries: string): unknown {
    return remembered(this.#batches, queries, () => this.#compiler.compileBatch(queries));
  }

  free(): void {
    this.#compiler.free();
  }
}

function remembered(plans: Map<string, unknown>, key: string, make: () => unknown): unknown {
  const known = plans.get(key);
  if (known !== undefined) return known;
  const plan = make();
  if (key.length > longestKey) return plan;
  const [oldest] = plans.keys();
  if (plans.size >= mostPlans && oldest !== undefined) plans.delete(oldest);
  plans.set(key, plan);
  return plan;
}
