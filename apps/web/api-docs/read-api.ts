import { parseApiDocument, type ApiDocument } from "rowhouse/http";
import { createApi } from "@/api/api";
import { groupOperations, type OperationGroup } from "@/api-docs/operation-groups";
import { webSettings } from "@/settings";

interface DescribedApi extends Pick<ApiDocument, "schemas"> {
  readonly groups: readonly OperationGroup[];
  readonly publicUrl: string;
}

let read: Promise<DescribedApi> | undefined;

/** The API as its own OpenAPI document describes it: the pages cannot tell anything else than programs are told. */
export function readApi(): Promise<DescribedApi> {
  return (read ??= describe().catch((error: unknown) => {
    read = undefined;
    throw error;
  }));
}

async function describe(): Promise<DescribedApi> {
  const { publicUrl } = webSettings();
  const response = await createApi().request(`${publicUrl}/api/openapi.json`);
  const { operations, schemas } = parseApiDocument(await response.json());
  return { groups: groupOperations(operations), schemas, publicUrl };
}
