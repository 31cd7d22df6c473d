"use client";

export { PageFailure as default } from "@/design/page-failure";
