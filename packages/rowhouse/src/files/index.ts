export { assertFileKey, type FileStore } from "./file-store.ts";
export { filesOf } from "./files-of.ts";
export { folderStore } from "./folder-store.ts";
export { largestLogo } from "./logo-image.ts";
export { s3Store, type S3Settings } from "./s3-store.ts";
export { logoVersion, serveLogo } from "./serve-logo.ts";
export { removeLogo, setLogo } from "./set-logo.ts";
export { sweepLogos, type Operate } from "./sweep-logos.ts";
