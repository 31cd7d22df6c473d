import { z } from "zod";
import { lineOfText } from "@/tenancy/parse-input";

const title = lineOfText("a title", 200);

export const newTaskInput = z.strictObject({ title });

/** What may change on a task: one of them at least. */
export const taskChangeInput = z
  .strictObject({ title: title.optional(), completed: z.boolean("Say true or false.").optional() })
  .refine((change) => change.title !== undefined || change.completed !== undefined, {
    path: ["title"],
    message: "Say what to change.",
  });

export const taskSort = z.enum(["newest", "oldest", "title"]);
export const taskStatus = z.enum(["all", "open", "done"]);
