"use client";

import { Button } from "@/design/button";

/** The end of a dialog that shows what came of it: one button, which closes it. */
export function DialogDone({ label, onDone }: { label: string; onDone: () => void }) {
  return (
    <div className="flex justify-end">
      <Button variant="primary" onClick={onDone}>
        {label}
      </Button>
    </div>
  );
}
