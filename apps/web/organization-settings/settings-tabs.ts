import type { Permission } from "@/tenancy/permissions";

/** What each part of the settings asks of a role. Reading single settings is for every role: they take effect for all. */
export const settingsPermissions = {
  general: "settings:update",
  domains: "domains:read",
  keys: "api-keys:read",
} as const satisfies Readonly<Record<string, Permission>>;

export type SettingsTab = keyof typeof settingsPermissions;

const tabs = ["general", "domains", "keys"] as const satisfies readonly SettingsTab[];

/** The parts of the settings that this role may enter. */
export function settingsTabs(can: (permission: Permission) => boolean): SettingsTab[] {
  return tabs.filter((tab) => can(settingsPermissions[tab]));
}
