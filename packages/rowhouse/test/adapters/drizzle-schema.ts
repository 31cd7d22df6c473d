import { relations } from "drizzle-orm";
import { pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

const id = () => uuid("id").notNull().defaultRandom();

/** Makes the column optional in the types of inserts. It is never asked: the scope sets the column. */
const setByScope = () => "";

export const projects = pgTable("projects", {
  organizationId: uuid("organization_id").notNull().$defaultFn(setByScope),
  id: id(),
  name: text("name").notNull(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
});

export const tasks = pgTable("tasks", {
  organizationId: uuid("organization_id").notNull().$defaultFn(setByScope),
  id: id(),
  projectId: uuid("project_id").notNull(),
  title: text("title").notNull(),
  presetId: uuid("preset_id"),
});

/** Mixed: rows without an organization are everybody's. */
export const presets = pgTable("presets", {
  organizationId: uuid("organization_id"),
  id: id(),
  name: text("name").notNull(),
});

/** In no setting of the tenancy. */
export const secrets = pgTable("secrets", { id: id(), organizationId: uuid("organization_id") });
/** Global: readable, and nobody's to write. */
export const plans = pgTable("plans", { code: text("code").primaryKey(), name: text("name").notNull() });

export const projectRelations = relations(projects, ({ many }) => ({ tasks: many(tasks) }));
export const presetRelations = relations(presets, ({ many }) => ({ tasks: many(tasks) }));
export const taskRelations = relations(tasks, ({ one }) => ({
  preset: one(presets, { fields: [tasks.presetId], references: [presets.id] }),
  project: one(projects, {
    fields: [tasks.organizationId, tasks.projectId],
    references: [projects.organizationId, projects.id],
  }),
}));

export const schema = { projects, tasks, presets, secrets, plans, presetRelations, projectRelations, taskRelations };
