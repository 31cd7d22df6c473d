import { z } from "zod";
import { lineOfText } from "@/tenancy/parse-input";

export const organizationInput = z.strictObject({ name: lineOfText("a name", 100) });
