import { z } from "zod";

const cursor = z.string("Give it once.").max(2000, "This is no cursor of ours.").optional();
const limitText = "Use a whole number, 1 to 100.";

/** What every list takes; a list adds its own with `safeExtend`. */
export const listQuery = z
  .strictObject({
    search: z.string("Give it once.").max(200, "Use at most 200 characters.").optional(),
    after: cursor,
    before: cursor,
    limit: z.coerce.number(limitText).int(limitText).min(1, limitText).max(100, limitText).optional(),
  })
  .refine(({ after, before }) => after === undefined || before === undefined, {
    path: ["before"],
    message: "Use after or before, not both.",
  });

/** A page of a list of these, with the cursors of its neighbours. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable(), previous: z.string().nullable() });
}
