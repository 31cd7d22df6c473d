import { planOf, tableOf } from "../orm/plan-of.ts";

const unique = (index: string, ...columns: readonly string[]) => ({ index, columns, widen: true, reason: "" });

/** What a plan says of the database of `shop.prisma`. */
export const shopPlan = planOf(
  [
    tableOf("public.users", { class: "identity", derive: null }),
    tableOf("public.profiles", { uniques: [unique("profiles_user_id_key", "user_id")] }),
    tableOf("public.collections", {
      uniques: [unique("collections_slug_key", "slug"), unique("collections_by_user", "user_id", "slug")],
    }),
    tableOf("public.bookmarks", {
      uniques: [unique("bookmarks_user_url", "user_id", "url")],
      references: [
        {
          constraint: null,
          composite: true,
          columns: ["collection_id"],
          parent: "public.collections",
          parentColumns: ["id"],
        },
      ],
    }),
    tableOf("public.tag", { class: "mixed", key: ["tag_id"] }),
    tableOf('public."Country"', { class: "global", derive: null }),
    tableOf("public.unmodelled"),
  ],
  [
    "create unique index concurrently collections_key_building on public.collections (organization_id, id)",
    "alter table public.collections add constraint collections_organization_key unique using index collections_key_building",
    "create unique index concurrently collections_organization_slug on public.collections (organization_id, slug)",
    "create index concurrently collections_organization_user on public.collections (organization_id, user_id)",
    "create unique index concurrently profiles_organization_user on public.profiles (organization_id, user_id)",
    "create index concurrently part on public.bookmarks (organization_id, url) where url <> ''",
    "-- for a person to read, about an index",
  ],
);
