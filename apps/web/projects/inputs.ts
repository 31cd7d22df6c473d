import { z } from "zod";
import { lineOfText } from "@/tenancy/parse-input";

export const projectInput = z.strictObject({ name: lineOfText("a name", 100) });

export const projectSort = z.enum(["newest", "oldest", "name", "updated"]);
