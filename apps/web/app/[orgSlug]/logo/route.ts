import { answerLogo, deleteLogo, storeLogo } from "@/organization-settings/logo-route";
import { organizationRoute } from "@/tenancy/routes";

export const dynamic = "force-dynamic";

export const GET = organizationRoute("organization:read", answerLogo);
export const PUT = organizationRoute("organization:update", storeLogo);
export const DELETE = organizationRoute("organization:update", deleteLogo);
