"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/design/button";
import { Menu, MenuItem } from "@/design/menu";

interface ExportMenuProps {
  /** Where the log as it is narrowed now is found in each format. */
  readonly hrefs: { readonly csv: string; readonly json: string };
}

/** The log as a file. Plain links: the browser saves while the server still reads. */
export function ExportMenu({ hrefs }: ExportMenuProps) {
  const t = useTranslations("audit");
  return (
    <Menu
      trigger={
        <Button>
          <Download aria-hidden className="size-4" />
          {t("export")}
        </Button>
      }
    >
      <MenuItem asChild>
        <a href={hrefs.csv} download>
          {t("exportCsv")}
        </a>
      </MenuItem>
      <MenuItem asChild>
        <a href={hrefs.json} download>
          {t("exportJson")}
        </a>
      </MenuItem>
    </Menu>
  );
}
