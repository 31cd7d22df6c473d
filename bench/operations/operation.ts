import type { BenchOrganization } from "../database/bench-database.ts";

/** Each is one question or change as a product asks it; all contestants answer with equal rows. */
export const operations = ["list", "get", "insert", "update", "transaction", "join"] as const;
export type Operation = (typeof operations)[number];

export const operationTitles: Readonly<Record<Operation, string>> = {
  list: "list 20",
  get: "get by id",
  insert: "insert",
  update: "update",
  transaction: "five statements",
  join: "list with join",
};

export interface Project {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface TitledTask {
  readonly title: string;
}

export interface JoinedTask extends TitledTask {
  readonly id: string;
  readonly projectName: string;
}

export interface Operations {
  /** The newest 20 projects. */
  list(organization: BenchOrganization): Promise<readonly Project[]>;
  /** The newest project, by its id. */
  get(organization: BenchOrganization): Promise<readonly Project[]>;
  /** A task in the oldest project. */
  insert(organization: BenchOrganization, title: string): Promise<readonly TitledTask[]>;
  /** Another title for one task. */
  update(organization: BenchOrganization, title: string): Promise<readonly TitledTask[]>;
  /**
   * In one transaction: a project by its id, a new task, a title for it, the newest 20 tasks of another project, and away
   * with the new task. Answers with the task as it was.
   */
  transaction(organization: BenchOrganization, title: string): Promise<readonly TitledTask[]>;
  /** The newest 20 tasks of a project, with the project's name. */
  join(organization: BenchOrganization): Promise<readonly JoinedTask[]>;
}

export const pageSize = 20;
