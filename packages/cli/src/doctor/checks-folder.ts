/** The pages and statements of the checks, beside `src` as beside the `dist` that is published. */
export const checksFolder = new URL("../../checks/", import.meta.url);
