import { relations, sql } from "drizzle-orm";
import { foreignKey, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";

export const projects = pgTable(
  "projects",
  {
    organizationId: uuid("organization_id").notNull(),
    id: uuid("id")
      .notNull()
      .default(sql`rowhouse.uuid_v7()`),
    name: text("name").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
);

export const tasks = pgTable(
  "tasks",
  {
    organizationId: uuid("organization_id").notNull(),
    id: uuid("id")
      .notNull()
      .default(sql`rowhouse.uuid_v7()`),
    projectId: uuid("project_id").notNull(),
    title: text("title").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    foreignKey({
      columns: [table.organizationId, table.projectId],
      foreignColumns: [projects.organizationId, projects.id],
    }).onDelete("cascade"),
  ],
);

export const tasksRelations = relations(tasks, ({ one }) => ({
  project: one(projects, {
    fields: [tasks.organizationId, tasks.projectId],
    references: [projects.organizationId, projects.id],
  }),
}));
