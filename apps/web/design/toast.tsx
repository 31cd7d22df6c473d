"use client";

import { CircleAlert, CircleCheck, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Toast as Radix } from "radix-ui";
import { createContext, type ReactNode, useCallback, useContext, useState } from "react";
import { buttonIconClass } from "@/design/icon-button";

interface Message {
  tone: "done" | "problem";
  title: string;
  detail?: string | undefined;
}
type ShowToast = (message: Message) => void;

const ToastContext = createContext<ShowToast | null>(null);

/** Gives every component below it `useToast()`. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const t = useTranslations("design");
  const [messages, setMessages] = useState<(Message & { id: number })[]>([]);
  const show = useCallback<ShowToast>((message) => {
    setMessages((current) => [...current.slice(-2), { ...message, id: (current.at(-1)?.id ?? 0) + 1 }]);
  }, []);
  const close = (id: number) => setMessages((current) => current.filter((message) => message.id !== id));
  return (
    <ToastContext value={show}>
      <Radix.Provider swipeDirection="down" label={t("notification")}>
        {children}
        {messages.map((message) => (
          <ToastCard key={message.id} message={message} onClose={() => close(message.id)} />
        ))}
        <Radix.Viewport
          label={`${t("notifications")} ({hotkey})`}
          className="fixed end-0 bottom-0 z-50 flex w-full max-w-sm flex-col gap-2 p-4 outline-none"
        />
      </Radix.Provider>
    </ToastContext>
  );
}

function ToastCard({ message, onClose }: { message: Message; onClose: () => void }) {
  const t = useTranslations("design");
  const problem = message.tone === "problem";
  const Icon = problem ? CircleAlert : CircleCheck;
  return (
    <Radix.Root
      type={problem ? "foreground" : "background"}
      // A problem stays long enough to be read twice.
      duration={problem ? 10_000 : 5_000}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      className="flex animate-appear items-start gap-3 rounded-xl border border-line bg-raised p-3 ps-4 shadow-float"
    >
      <Icon aria-hidden className={`mt-0.5 size-[18px] shrink-0 ${problem ? "text-danger" : "text-accent"}`} />
      <div className="min-w-0 grow py-0.5">
        <Radix.Title className="font-medium [overflow-wrap:anywhere]">{message.title}</Radix.Title>
        {message.detail ? (
          <Radix.Description className="text-sm text-muted [overflow-wrap:anywhere]">
            {message.detail}
          </Radix.Description>
        ) : null}
      </div>
      <Radix.Close aria-label={t("dismiss")} className={`${buttonIconClass} -my-1`}>
        <X aria-hidden className="size-4" />
      </Radix.Close>
    </Radix.Root>
  );
}

/** Shows a short message that goes away by itself. Errors of a field belong beside the field instead. */
export function useToast(): ShowToast {
  const show = useContext(ToastContext);
  if (show === null)
    throw new TypeError("useToast was called outside a ToastProvider; wrap the page in one (app/layout.tsx does).");
  return show;
}
