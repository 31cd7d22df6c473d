export { startWorker, type SystemTask, type Worker, type WorkerSettings } from "./start-worker.ts";
