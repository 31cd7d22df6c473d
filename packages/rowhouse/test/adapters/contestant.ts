import type { ErrorCode } from "../../src/index.ts";
import type { AnyTenant } from "../../src/tenant/connections-of.ts";

/** A way to reach a tenant's data, under the rules of conformance.ts and the storm. */
export interface Contestant {
  readonly name: string;
  /** What a write that names another organization is refused with: by the adapter, or only by row security. */
  readonly fixedCode: ErrorCode;
  /** COMMIT as text is how one commits there. */
  readonly commitsByText: boolean;
  open(tenant: AnyTenant): Handle;
}

/** What every contestant does with the tables of the fixture, each in its own words. */
export interface Handle extends PresetHandle {
  /** The names of the projects, in order. */
  names(): Promise<string[]>;
  /** The name of one project. */
  find(id: string): Promise<string | undefined>;
  /** A project; the organization is named only where the contestant is tried with another's. */
  create(name: string, organizationId?: string): Promise<{ id: string; organizationId: string }>;
  createTask(projectId: string, title: string): Promise<void>;
  /** How many rows were changed. */
  rename(id: string, name: string): Promise<number>;
  move(id: string, organizationId: string): Promise<unknown>;
  remove(id: string): Promise<number>;
  /** SQL by hand, with `$1`. */
  raw(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** A transaction of the ORM's; inside of one, as the ORM nests them. */
  transaction<T>(work: (inner: Handle) => Promise<T>): Promise<T>;
}

/** The same with a mixed table. */
export interface PresetHandle {
  /** Names of presets, in order: the organization's and everybody's. */
  presets(): Promise<string[]>;
  countPresets(): Promise<number>;
  createPreset(name: string): Promise<{ id: string; organizationId: string | null }>;
  /** How many rows were changed. */
  renamePreset(id: string, name: string): Promise<number>;
  removePreset(id: string): Promise<number>;
  /** Creates it, or renames what is there under this id. */
  putPreset(id: string, name: string): Promise<unknown>;
  /** Makes the first task use a preset. */
  usePreset(id: string): Promise<unknown>;
  /** Each task with the name of its preset, as the contestant joins them. */
  tasksWithPresets(): Promise<{ title: string; preset: string | null }[]>;
  /** Each preset with the titles of its tasks. */
  presetsWithTasks(): Promise<{ name: string; tasks: string[] }[]>;
}
