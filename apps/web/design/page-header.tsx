import type { ReactNode } from "react";

/** The one level-one heading of a page, with what can be done on it. */
export function PageHeader({
  title,
  description,
  above,
  actions,
}: {
  title: ReactNode;
  description?: ReactNode;
  above?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className="mb-6">
      {above ? <div className="mb-2">{above}</div> : null}
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-2xl font-semibold tracking-tight [overflow-wrap:anywhere]">{title}</h1>
          {description ? <p className="mt-0.5 text-muted">{description}</p> : null}
        </div>
        {actions ? <div className="flex gap-2">{actions}</div> : null}
      </div>
    </header>
  );
}
