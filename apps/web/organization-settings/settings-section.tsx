import { type ReactNode, useId } from "react";

interface SettingsSectionProps {
  title: string;
  description?: ReactNode;
  /** What can be done with the whole of it. */
  actions?: ReactNode;
  children: ReactNode;
}

/** One matter of the settings, on a card of its own. */
export function SettingsSection({ title, description, actions, children }: SettingsSectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0 rounded-xl border border-line bg-surface shadow-card">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-4 pt-4 md:px-5 md:pt-5">
        <div className="min-w-0 grow basis-60">
          <h2 id={id} className="font-semibold">
            {title}
          </h2>
          {description ? <p className="mt-0.5 max-w-prose text-muted">{description}</p> : null}
        </div>
        {actions}
      </div>
      <div className="p-4 md:p-5">{children}</div>
    </section>
  );
}
