import { Hono } from "hono";
import { listInvoices, payInvoice } from "../pg/invoices";
import { requireMember } from "./require-member";

const app = new Hono();

app.get("/health", (c) => c.text("ok"));

app.get("/invoices/public", async (c) => c.json(await listInvoices("1"))); // expect: guarded-entry

app.use("/organizations/:organization/*", requireMember);

app.get("/organizations/:organization/invoices", async (c) => {
  const tenant = c.get("tenant");
  return c.json(await tenant.db.selectFrom("invoices").where("id", "=", c.req.query("id")).execute());
});

app.post("/organizations/:organization/invoices", async (c) => {
  const { organizationId, id } = await c.req.json(); // expect: no-organization-from-body
  await payInvoice(id);
  return c.json({ organizationId });
});

const admin = new Hono()
  .use(requireMember)
  .delete("/invoices/:id", async (c) => c.json(await payInvoice(c.req.param("id"))));

export default app.route("/admin", admin);
