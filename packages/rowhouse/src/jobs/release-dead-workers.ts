import type pg from "pg";

/**
 * Gives back the jobs of workers that were killed. A run ends within five minutes by itself, so whoever has held one for
 * twice as long is gone; the queue alone would wait for four hours.
 */
export async function releaseDeadWorkers(pool: pg.Pool): Promise<void> {
  await pool.query(
    `select graphile_worker.force_unlock_workers(array_agg(distinct locked_by)) from graphile_worker._private_jobs
     where locked_at < now() - interval '10 minutes' having count(*) > 0`,
  );
}
