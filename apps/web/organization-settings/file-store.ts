import { RowhouseError } from "rowhouse";
import { type FileStore, folderStore, s3Store } from "rowhouse/files";
import { webSettings } from "../settings.ts";

let store: FileStore | undefined;

/**
 * Where this product keeps uploaded files.
 *
 * @throws RowhouseError INVALID_SETTINGS when the process has no place for them
 */
export function fileStore(): FileStore {
  return (store ??= open());
}

function open(): FileStore {
  const { files } = webSettings();
  if (files === undefined)
    throw new RowhouseError("INVALID_SETTINGS", "There is no place for files. Set FILES_FOLDER, or the five of S3_….");
  return files.kind === "s3" ? s3Store(files) : folderStore(files);
}
