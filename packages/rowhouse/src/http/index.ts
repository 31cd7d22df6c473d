export { isServerFault, problemResponse, toProblem, type Problem } from "./problem.ts";
