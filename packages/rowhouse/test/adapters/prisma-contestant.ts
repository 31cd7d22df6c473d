import { PrismaClient } from "../../.rowhouse/prisma-fixture/client.ts";
import { definePrisma } from "../../src/adapters/prisma/index.ts";
import { isRowhouseError } from "../../src/index.ts";
import type { Contestant, Handle } from "./contestant.ts";

// Prisma gives up a transaction that waits for a connection for two seconds; here that is for the pool to say.
const transactionOptions = { maxWait: 60_000, timeout: 60_000 };
const openPrisma = definePrisma((options) => new PrismaClient({ ...options, transactionOptions }));

export const prismaContestant: Contestant = {
  name: "prisma",
  fixedCode: "ORGANIZATION_FIXED",
  commitsByText: false,
  open: (tenant) => handleOf(openPrisma(tenant)),
};

type Client = Pick<PrismaClient, "project" | "task" | "preset" | "$queryRawUnsafe" | "$transaction">;

function handleOf(client: Client): Handle {
  const { project, task, preset } = client;
  return {
    names: async () =>
      (await coded(project.findMany({ select: { name: true }, orderBy: { name: "asc" } }))).map(({ name }) => name),
    find: async (id) => (await coded(project.findFirst({ where: { id } })))?.name,
    create: (name, organizationId) =>
      coded(project.create({ data: { name, ...(organizationId !== undefined && { organizationId }) } })),
    createTask: async (projectId, title) => {
      await coded(task.create({ data: { projectId, title } }));
    },
    rename: async (id, name) => (await coded(project.updateMany({ where: { id }, data: { name } }))).count,
    move: (id, organizationId) => coded(project.updateMany({ where: { id }, data: { organizationId } })),
    remove: async (id) => (await coded(project.deleteMany({ where: { id } }))).count,
    presets: async () => (await coded(preset.findMany({ orderBy: { name: "asc" } }))).map(({ name }) => name),
    countPresets: () => coded(preset.count()),
    createPreset: (name) => coded(preset.create({ data: { name } })),
    renamePreset: async (id, name) => (await coded(preset.updateMany({ where: { id }, data: { name } }))).count,
    removePreset: async (id) => (await coded(preset.deleteMany({ where: { id } }))).count,
    putPreset: (id, name) => coded(preset.upsert({ where: { id }, create: { id, name }, update: { name } })),
    usePreset: (presetId) => coded(task.updateMany({ data: { presetId } })),
    tasksWithPresets: async () => {
      const found = await coded(task.findMany({ include: { preset: true }, orderBy: { title: "asc" } }));
      return found.map(({ title, preset: its }) => ({ title, preset: its?.name ?? null }));
    },
    presetsWithTasks: async () => {
      const found = await coded(preset.findMany({ include: { tasks: true }, orderBy: { name: "asc" } }));
      return found.map(({ name, tasks }) => ({ name, tasks: tasks.map(({ title }) => title) }));
    },
    raw: (text, values = []) => coded(client.$queryRawUnsafe<Record<string, unknown>[]>(text, ...values)),
    transaction: (work) => coded(client.$transaction((inner) => work(handleOf(inner)))),
  };
}

/** Prisma's errors have the coded one as their cause. */
function coded<T>(call: Promise<T>): Promise<T> {
  return call.catch((error: unknown) => {
    throw error instanceof Error && isRowhouseError(error.cause) ? error.cause : error;
  });
}
