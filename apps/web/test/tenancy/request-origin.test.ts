import { describe, expect, it } from "vitest";
import { requestOrigin } from "@/tenancy/request-origin";

const from = (headers: Record<string, string>) => requestOrigin(new Headers(headers));

describe("the origin of a request", () => {
  it("is the first address that was forwarded, as sign-in counts by", () => {
    expect(from({ "x-forwarded-for": "192.0.2.7, 10.0.0.1" }).ip).toBe("192.0.2.7");
    expect(from({ "x-forwarded-for": "2001:db8::1" }).ip).toBe("2001:db8::1");
  });

  it.each(["", "unknown", "1.2.3", "192.0.2.7:443", "<script>", "'; drop table users"])(
    "has no address for %j, which is none",
    (text) => {
      expect(from({ "x-forwarded-for": text }).ip).toBeUndefined();
    },
  );

  it("keeps the id that a proxy gave, and makes one where there is none or it could be anything", () => {
    expect(from({ "x-request-id": "abc-123_4.5" }).requestId).toBe("abc-123_4.5");
    for (const text of ["", "a b", "x".repeat(101), "<b>"])
      expect(from({ "x-request-id": text }).requestId).toMatch(/^[\da-f-]{36}$/);
    expect(from({}).requestId).not.toBe(from({}).requestId);
  });
});
