import { relations } from "drizzle-orm";
import { pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

// The default makes it optional in TypeScript; Rowhouse writes the organization of the scope.
const organizationId = () => uuid("organization_id").notNull().default("the scope's");
const id = () => uuid("id").notNull().defaultRandom();

export const projects = pgTable("projects", {
  organizationId: organizationId(),
  id: id(),
  name: text("name").notNull(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
});

export const tasks = pgTable("tasks", {
  organizationId: organizationId(),
  id: id(),
  projectId: uuid("project_id").notNull(),
  title: text("title").notNull(),
});

export const projectRelations = relations(projects, ({ many }) => ({ tasks: many(tasks) }));
export const taskRelations = relations(tasks, ({ one }) => ({
  project: one(projects, {
    fields: [tasks.organizationId, tasks.projectId],
    references: [projects.organizationId, projects.id],
  }),
}));

export const schema = { projects, tasks, projectRelations, taskRelations };
