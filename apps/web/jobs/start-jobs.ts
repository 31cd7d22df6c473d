import { startWorker, type SystemTask, type Worker } from "rowhouse/jobs";
import { chooseTransport } from "../mail/choose-transport.ts";
import { delivery } from "../mail/delivery.ts";
import { IdentityOutbox, parseIdentityJob } from "../mail/identity-outbox.ts";
import { fileStore } from "../organization-settings/file-store.ts";
import { webSettings } from "../settings.ts";
import { jobs } from "./jobs.ts";
import { openNightly, type Nightly } from "./nightly.ts";

const mailJob = "deliver-mail";

/**
 * Runs the queued jobs in this process; `undefined` when its settings name no worker. What has no way out here stays in the
 * queue: mail without a transport waits for a process that has one.
 */
export async function startJobs(): Promise<Worker | undefined> {
  const { workerUrl, operatorUrl, mail, files } = webSettings();
  if (workerUrl === undefined) return undefined;
  const transport = chooseTransport(mail);
  if (transport === undefined) {
    process.stderr.write(
      "Rowhouse sends no mail: set MAIL_URL or RESEND_API_KEY, and MAIL_FROM. Until then mail waits.\n",
    );
  }
  const mails = delivery(transport ?? { send: refuse });
  const tenantJobs = jobs(mails);
  const names = tenantJobs.names.filter((name) => name !== mailJob || transport !== undefined);
  const outbox = new IdentityOutbox();
  const identityMail: SystemTask = {
    run: (payload, { signal }) => mails.deliver(outbox, parseIdentityJob(payload), signal),
  };
  const nightly =
    operatorUrl === undefined
      ? undefined
      : openNightly({ operatorUrl, files: files === undefined ? undefined : fileStore() });
  const worker = await startWorker({
    databaseUrl: workerUrl,
    jobs: { names, run: (name, queued, run) => tenantJobs.run(name, queued, run) },
    systemTasks: { ...(transport === undefined ? {} : { [`identity/${mailJob}`]: identityMail }), ...nightly?.tasks },
  });
  return endingWith(worker, nightly);
}

async function refuse(): Promise<never> {
  throw new TypeError("There is no way out for mail.");
}

function endingWith(worker: Worker, nightly: Nightly | undefined): Worker {
  const stop = async (): Promise<void> => {
    await worker.stop();
    await nightly?.[Symbol.asyncDispose]();
  };
  return { stop, [Symbol.asyncDispose]: stop };
}
