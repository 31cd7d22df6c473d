import type { CheckCase } from "../check-case.ts";

const weak = "create role rh0112_web login noinherit; grant {{app}} to rh0112_web";

export const rh0112: CheckCase = {
  since: 16,
  // Strong roles that cannot become the serving role, and one that becomes it and cannot log in.
  prepare: "alter role {{app}} nologin",
  nearMiss: `
    create role rh0112_backup login bypassrls;
    create role rh0112_creator login bypassrls; grant {{app}} to rh0112_creator with set false;
    create role rh0112_group nologin bypassrls; grant {{app}} to rh0112_group`,
  holes: [
    {
      title: "a superuser",
      break: `create role "rh0112 Root" login superuser; grant {{app}} to "rh0112 Root"`,
      object: `"rh0112 Root"`,
      mend: `alter role "rh0112 Root" nosuperuser`,
    },
    {
      title: "bypasses row security",
      break: `${weak}; alter role rh0112_web bypassrls`,
      object: "rh0112_web",
      mend: "alter role rh0112_web nobypassrls",
    },
    {
      title: "can become a third role that bypasses",
      break: `${weak}; grant rh0112_group to rh0112_web`,
      object: "rh0112_web",
      mend: "revoke rh0112_group from rh0112_web",
    },
    {
      title: "owns tables that are not forced",
      break: `${weak}; alter table tasks no force row level security; grant {{owner}} to rh0112_web`,
      object: "rh0112_web",
      mend: "revoke {{owner}} from rh0112_web",
    },
    {
      title: "owns tables that are forced",
      break: `${weak}; grant {{owner}} to rh0112_web`,
      object: "rh0112_web",
      level: "warn",
      mend: "revoke {{owner}} from rh0112_web",
    },
    {
      title: "bypasses, beside a login that does not",
      break: `${weak}; create role rh0112_migrator login bypassrls; grant {{app}} to rh0112_migrator`,
      object: "rh0112_migrator",
      level: "warn",
      mend: "revoke {{app}} from rh0112_migrator",
    },
  ],
};
